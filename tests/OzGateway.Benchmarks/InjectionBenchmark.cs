using System.Text;

using BenchmarkDotNet.Attributes;

using OzGateway.Payloads;

namespace OzGateway.Benchmarks;

/// <summary>Reading a submission of 2 MiB (a form: 512 KiB, for forms are held whole and bounded) and setting the metadata in it, against <see cref="Stream.CopyToAsync(Stream)"/> of the same body.</summary>
[MemoryDiagnoser]
public class InjectionBenchmark
{
    private const int MediaBytes = 2 << 20;
    private const string Boundary = "----WebKitFormBoundaryQ7hB3xT9sW2kLm5Z";
    private const string PageMeta = """{"transaction_id":"page-made-id-0001","device":"web"}""";
    private const string Id = "oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly byte[] _output = new byte[4 * MediaBytes];
    private byte[] _body = [];
    private InjectionRules _rules = new();

    /// <summary>How the submission is written. In JSON and in a form the medium is base64.</summary>
    [Params(PayloadKind.Multipart, PayloadKind.Json, PayloadKind.Form)]
    public PayloadKind Kind { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var media = Compare.Calls.Media(Kind == PayloadKind.Form ? MediaBytes / 4 : MediaBytes);
        var text = Convert.ToBase64String(media);
        (_body, var target) = Kind switch
        {
            PayloadKind.Multipart => (Multipart(media), InjectionTarget.Part("meta")),
            PayloadKind.Json => (Encoding.ASCII.GetBytes($$"""{"meta":{{PageMeta}},"media":"{{text}}"}"""), InjectionTarget.Json(Path("$.meta"))),
            PayloadKind.Form => (Encoding.ASCII.GetBytes($"meta={Uri.EscapeDataString(PageMeta)}&media={Uri.EscapeDataString(text)}"), InjectionTarget.Field("meta")),
            _ => throw new InvalidOperationException($"A {Kind} body is not rewritten."),
        };
        _rules = new InjectionRules { Targets = [target], Set = [KeyValuePair.Create("transaction_id", Id)] };
    }

    [Benchmark(Baseline = true)]
    public async Task<long> Copy()
    {
        await using var output = new MemoryStream(_output);
        await new ArrivingBody(_body).CopyToAsync(output);
        return output.Position;
    }

    [Benchmark]
    public async Task<long> Inject()
    {
        await using var output = new MemoryStream(_output);
        var rewriter = PayloadRewriter.Create(Kind, _rules, Kind == PayloadKind.Multipart ? Boundary : null);
        await using var rewriting = new RewritingStream(new ArrivingBody(_body), rewriter);
        await rewriting.CopyToAsync(output);
        return rewriting.ReachedEnd && rewriter.ForeignValues == 1 && _output.AsSpan(0, 400).IndexOf(Encoding.ASCII.GetBytes(Id)) > 0
            ? output.Position
            : throw new InvalidOperationException("The injection wrote something else.");
    }

    private static MemberPath Path(string text) => MemberPath.TryParse(text, out var path, out var error) ? path : throw new InvalidOperationException(error);

    private static byte[] Multipart(byte[] media) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n{PageMeta}\r\n"
            + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"frames.zip\"\r\nContent-Type: application/zip\r\n\r\n"),
        .. media,
        .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n"),
    ];
}
