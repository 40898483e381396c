using System.Buffers;
using System.Diagnostics;
using System.Text;

using OzGateway.Payloads;

namespace OzGateway.Benchmarks.Injection;

/// <summary>Bodies made to cost more than their length: each in three sizes, for time must grow as they do and no faster.</summary>
internal static class LinearTime
{
    private const string Boundary = "----WebKitFormBoundaryAbC123";
    private const int SliceBytes = 16 * 1024;
    private const int Best = 3;

    private static readonly InjectionRules Rules = new() { Strip = ["transaction_id", "user_id", "iin"], Limits = new PayloadLimits { MaxParts = int.MaxValue } };

    private static readonly (string Name, PayloadKind Kind, Func<int, string> Body)[] Traps =
    [
        ("plain media", PayloadKind.Multipart, length => File(new string('\u0001', length))),
        ("near boundaries", PayloadKind.Multipart, length => File("\u0001" + Repeat("\r\n--" + Boundary[..^1], length))),
        ("line ends", PayloadKind.Multipart, length => File("\u0001" + Repeat("\r\n", length))),
        ("many parts", PayloadKind.Multipart, length => Repeat(Part("Content-Disposition: form-data; name=\"a\"", "1"), length) + End),
        ("many headers", PayloadKind.Multipart, length => Repeat(Part("Content-Disposition: form-data; name=\"a\"\r\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"X-{i}: y\r\n")) + "X: y", "1"), length) + End),
        ("long headers", PayloadKind.Multipart, length => Repeat(Part("Content-Disposition: form-data; name=\"a\"\r\nX: " + new string('y', 15_000), "1"), length) + End),
        ("text that names nothing", PayloadKind.Multipart, length => Part("Content-Disposition: form-data; name=\"a\"", Repeat("transaction_i d ", length)) + End),
        ("deep nesting", PayloadKind.Json, length => "[" + Repeat(new string('[', 60) + new string(']', 60) + ",", length) + "1]"),
        ("JSON in strings", PayloadKind.Json, length => "[" + Repeat("\"[\\\"[[[[[[1]]]]]]\\\"]\",", length) + "1]"),
        ("escapes", PayloadKind.Json, length => "[\"" + Repeat("\\u0074\\u0072", length) + "\"]"),
        ("layers of escapes", PayloadKind.Json, length => "[\"" + Repeat("%25252574&#37;25", length) + "\"]"),
        ("base64 of base64", PayloadKind.Json, length => "[\"" + Base64(Base64(Base64(Repeat("no key here ", length / 3)))) + "\"]"),
        ("many members", PayloadKind.Json, length => "{" + Repeat("\"a\":1,", length) + "\"b\":2}"),
        ("many fields", PayloadKind.Form, length => Repeat("a=1&", length)),
        ("percent signs", PayloadKind.Form, length => "a=" + Repeat("%2525", length)),
        ("many elements", PayloadKind.Multipart, length => Lax("<iin>", length)),
        ("elements that stay open", PayloadKind.Multipart, length => Lax("<iin ", length)),
        ("elements with a prefix", PayloadKind.Multipart, length => Lax("a:iin,", length)),
        ("names of pairs", PayloadKind.Multipart, length => Lax("name=iin ", length)),
        ("signs behind names", PayloadKind.Multipart, length => Lax("name=iin a:,", length)),
        ("comments that stay open", PayloadKind.Multipart, length => Lax("iin/*", length)),
        ("comments of a line", PayloadKind.Multipart, length => Lax("iin//", length)),
        ("lists that stay open", PayloadKind.Multipart, length => Lax("(iin,", length)),
        ("indices that stay open", PayloadKind.Multipart, length => Lax("iin[", length)),
        ("blanks around names", PayloadKind.Multipart, length => Lax("                              iin                              ", length)),
        ("addresses", PayloadKind.Multipart, length => Part("Content-Disposition: form-data; name=\"a\"", Repeat("?iin=&a;", Math.Min(length, 16_000))) + Repeat(Part("Content-Disposition: form-data; name=\"a\"", "?iin=1" + Repeat("&b=iin", 16_000)), length) + End),
        ("brackets in a name", PayloadKind.Form, length => Repeat("a[b][c][d][e][f]=1&", length / 8)),
    ];

    /// <summary>Prints the times and how they grew.</summary>
    /// <param name="unit">Length of the smallest body; the others have four and sixteen times that.</param>
    public static int Run(int unit)
    {
        Console.Out.WriteLine($"{"body",-26} {"kind",-10} {unit / 1024,8} KiB {unit / 256,8} KiB {unit / 64,8} KiB   growth for 4 x the length, twice");
        foreach (var (name, kind, body) in Traps)
        {
            var times = ((int[])[unit, unit * 4, unit * 16]).Select(length => Time(kind, Encoding.Latin1.GetBytes(body(length)))).ToArray();
            Console.Out.WriteLine($"{name,-26} {kind,-10} {times[0],9:F2} ms {times[1],9:F2} ms {times[2],9:F2} ms   {times[1] / times[0],5:F1} {times[2] / times[1],5:F1}");
        }

        return 0;
    }

    private static double Time(PayloadKind kind, byte[] body)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Best; round++)
        {
            var output = new ArrayBufferWriter<byte>(body.Length + SliceBytes);
            var watch = Stopwatch.StartNew();
            try
            {
                var rewriter = PayloadRewriter.Create(kind, Rules, Boundary);
                for (var start = 0; start < body.Length; start += SliceBytes)
                {
                    rewriter.Write(body.AsSpan(start, Math.Min(SliceBytes, body.Length - start)), output);
                }

                rewriter.Complete(output);
            }
            catch (PayloadException refused) when (refused.Fault is PayloadFault.MalformedJson or PayloadFault.TooDeep)
            {
                // Refused on the way, which is an answer too; the time until then is what counts.
            }

            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        return best;
    }

    private static string Repeat(string text, int length) => new StringBuilder(length + text.Length).Insert(0, text, Math.Max(1, length / text.Length)).ToString();

    private static string Part(string headers, string content) => $"--{Boundary}\r\n{headers}\r\n\r\n{content}\r\n";

    private static string File(string content) => Part("Content-Disposition: form-data; name=\"video\"; filename=\"blob\"\r\nContent-Type: video/webm", content) + End;

    /// <summary>A text that begins like JSON and is none: it is judged as a whole up to 1 MiB, so the longest one is a little shorter.</summary>
    private static string Lax(string text, int length) => Part("Content-Disposition: form-data; name=\"a\"", "[" + Repeat(text, length / 5)) + End;

    private static string End => $"--{Boundary}--\r\n";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.Latin1.GetBytes(text));
}
