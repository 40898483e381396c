using System.Diagnostics;
using System.Text;
using System.Text.Json;

using OzGateway.Payloads;

namespace OzGateway.Benchmarks.Reading;

/// <summary>Bytes per second of the reader of answers and of Utf8JsonReader, interleaved, over documents of several kinds.</summary>
internal static class ReadingSpeed
{
    private const int Rounds = 15;
    private const int WindowMilliseconds = 60;
    private const string Compact = """{"media_id":"0f8fad5b-d9cb-469f-a165-70867728950e","original_url":"https://media.example/0f8fad5b.jpg","info":{"width":720,"height":1280,"fps":29.97,"tags":["video_selfie","blank"]},"confidence":0.0123}""";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Measures and prints the medians.</summary>
    public static int Run()
    {
        var projector = new JsonProjector(new ProjectionRules(), new PayloadLimits());
        foreach (var (name, document) in Documents())
        {
            List<double> ours = [];
            List<double> theirs = [];
            for (var round = 0; round < Rounds; round++)
            {
                theirs.Add(Measure(document, Walk));
                ours.Add(Measure(document, bytes => Project(projector, bytes)));
            }

            // The first rounds belong to the compiler.
            var (mine, other) = (Median(ours.Skip(4)), Median(theirs.Skip(4)));
            Console.Out.WriteLine($"{name,-34} {document.Length,8} B   reader of answers {mine,6:0.00} GB/s   Utf8JsonReader {other,6:0.00} GB/s   {mine / other:0.0} x");
        }

        return 0;
    }

    private static IEnumerable<(string Name, byte[] Document)> Documents()
    {
        var pretty = JsonSerializer.Serialize(JsonDocument.Parse(Compact).RootElement, Indented);
        yield return ("many short members", Full(Compact, 5_600));
        yield return ("the same, indented", Full(pretty, 5_600));
        yield return ("many short members, large", Full(Compact, 189_000));
        yield return ("the same, indented, large", Full(pretty, 189_000));
        yield return ("texts of 200 bytes", Full($$"""{"media_id":"{{new string('a', 200)}}","url":"{{new string('b', 200)}}"}""", 5_600));
        yield return ("a picture in base64", Full($$"""{"best_frame":"data:image/jpeg;base64,{{new string('A', 4_800)}}"}""", 5_600));
        yield return ("a picture in base64, large", Full($$"""{"best_frame":"data:image/jpeg;base64,{{new string('A', 180_000)}}"}""", 189_000));
    }

    private static byte[] Full(string medium, int length)
    {
        var document = new StringBuilder("""{"analyses":{"quality":{"state":"finished","resolution":"success","result_json":{"source_media":[""").Append(medium);
        while (document.Length < length - medium.Length)
        {
            document.Append(',').Append(medium);
        }

        return Encoding.UTF8.GetBytes(document.Append("""]}}},"folder_id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","state":"finished"}""").ToString());
    }

    private static void Walk(byte[] document)
    {
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
        }
    }

    private static void Project(JsonProjector projector, byte[] document)
    {
        using var reader = projector.Open();
        reader.Read(document);
        reader.Complete();
    }

    private static double Measure(byte[] document, Action<byte[]> read)
    {
        var (bytes, start) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < WindowMilliseconds)
        {
            for (var i = 0; i < 64; i++)
            {
                read(document);
            }

            bytes += 64L * document.Length;
        }

        return bytes / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
