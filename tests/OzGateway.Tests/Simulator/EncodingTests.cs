using System.IO.Compression;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class EncodingTests
{
    [Theory]
    [InlineData(AnswerEncoding.Identity, null)]
    [InlineData(AnswerEncoding.Gzip, "gzip")]
    [InlineData(AnswerEncoding.Deflate, "deflate")]
    [InlineData(AnswerEncoding.Brotli, "br")]
    public async Task A_coded_answer_decodes_to_the_result(AnswerEncoding encoding, string? coding)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Encoding = encoding });

        using var answer = await run.SubmitAsync(await run.InitAsync());

        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using var decoded = Decoded(body, coding);
        using var reader = new StreamReader(decoded);
        Assert.Equal(CheckState.Finished, run.Dialect.ReadState(await reader.ReadToEndAsync()));
    }

    [Theory]
    [InlineData(AnswerEncoding.LyingGzip, "gzip")]
    [InlineData(AnswerEncoding.Unknown, "zstd")]
    public async Task A_lying_coding_stands_on_plain_json(AnswerEncoding encoding, string coding)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Encoding = encoding });

        using var answer = await run.SubmitAsync(await run.InitAsync());

        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.Single());
        Assert.StartsWith("{\"state\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_gzip_ends_in_the_middle_of_its_stream()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Encoding = AnswerEncoding.TruncatedGzip });

        using var answer = await run.SubmitAsync(await run.InitAsync());
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(answer.Content.Headers.ContentLength, body.Length);
        Assert.Equal([0x1f, 0x8b], body[..2]);
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        var read = "";
        var fault = Record.Exception(() => read = reader.ReadToEnd());
        Assert.True(fault is InvalidDataException || run.Dialect.ReadState(read) == CheckState.Unknown);
    }

    [Fact]
    public async Task A_bomb_is_small_on_the_wire_and_64_MiB_behind_it()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Encoding = AnswerEncoding.GzipBomb });

        using var answer = await run.SubmitAsync(await run.InitAsync());
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.InRange(body.Length, 1, 256 * 1024);
        await using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        await using var counted = new CountingStream();
        await gzip.CopyToAsync(counted);
        Assert.True(counted.Position > 64 * 1024 * 1024);
    }

    private static Stream Decoded(Stream body, string? coding) => coding switch
    {
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => body,
    };
}
