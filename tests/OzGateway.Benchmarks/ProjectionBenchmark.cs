using System.Buffers;
using System.Text;

using BenchmarkDotNet.Attributes;

using OzGateway.Payloads;

namespace OzGateway.Benchmarks;

/// <summary>Reading a full result and writing its state, against copying the document as a proxy without projection does.</summary>
[MemoryDiagnoser]
public class ProjectionBenchmark
{
    private readonly JsonProjector _projector = new(new ProjectionRules(), new PayloadLimits());
    private readonly ArrayBufferWriter<byte> _output = new(256 * 1024);
    private byte[] _document = [];

    /// <summary>Length of the document: a plain result, and one with many media.</summary>
    [Params(5_600, 189_000)]
    public int DocumentBytes { get; set; }

    [GlobalSetup]
    public void Setup() => _document = FullResult(DocumentBytes);

    [Benchmark(Baseline = true)]
    public int Copy()
    {
        _output.ResetWrittenCount();
        _output.Write(_document);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Project()
    {
        _output.ResetWrittenCount();
        _projector.Project(_document, _output);
        return _output.WrittenCount == """{"state":"finished"}""".Length ? _output.WrittenCount : throw new InvalidOperationException("The projection wrote something else.");
    }

    /// <summary>A document of the shape that the adapter answers in full mode, filled with media records up to the length.</summary>
    private static byte[] FullResult(int length)
    {
        const string Medium = """{"media_id":"0f8fad5b-d9cb-469f-a165-70867728950e","original_url":"https:\/\/media.example\/0f8fad5b.jpg","info":{"width":720,"height":1280,"fps":29.97,"tags":["video_selfie","blank"]},"confidence":0.0123},""";
        var document = new StringBuilder("""{"analyses":{"quality":{"state":"finished","resolution":"success","result_json":{"confidence_spoofing":0.0123,"source_media":[""");
        while (document.Length < length - Medium.Length)
        {
            document.Append(Medium);
        }

        document.Length--;
        return Encoding.UTF8.GetBytes(document.Append("""]}}},"folder_id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","state":"finished"}""").ToString());
    }
}
