using System.Buffers;

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
    [Params(ResultDocument.Plain, ResultDocument.Large)]
    public int DocumentBytes { get; set; }

    [GlobalSetup]
    public void Setup() => _document = ResultDocument.Full(DocumentBytes);

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
}
