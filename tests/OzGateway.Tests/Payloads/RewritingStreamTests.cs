using System.Security.Cryptography;
using System.Text;

using OzGateway.Payloads;

namespace OzGateway.Tests.Payloads;

public sealed class RewritingStreamTests
{
    private const string Body = """{"a":"x","meta":{"transaction_id":"evil"}}""";
    private const string Expected = """{"a":"x","meta":{"transaction_id":"oz1_SERVERMADE"}}""";

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4096, 7)]
    [InlineData(4096, 4096)]
    public async Task The_rewritten_body_is_read_to_its_end(int innerBytes, int readBytes)
    {
        using var inner = new SlicedStream(Encoding.UTF8.GetBytes(Body), innerBytes);
        using var stream = new RewritingStream(inner, PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        using var output = new MemoryStream();
        var buffer = new byte[readBytes];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            Assert.False(stream.ReachedEnd);
            output.Write(buffer, 0, count);
        }

        Assert.True(stream.ReachedEnd);
        Assert.Null(stream.Fault);
        Assert.Equal(Expected, Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(0, await stream.ReadAsync(buffer));
    }

    [Fact]
    public void A_synchronous_reader_reads_the_same()
    {
        using var stream = new RewritingStream(new MemoryStream(Encoding.UTF8.GetBytes(Body)), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        using var reader = new StreamReader(stream);
        Assert.Equal(Expected, reader.ReadToEnd());
        Assert.True(stream.ReachedEnd);
    }

    [Fact]
    public async Task A_zero_byte_read_is_passed_on_when_nothing_is_pending()
    {
        using var inner = new SlicedStream(Encoding.UTF8.GetBytes(Body), 8);
        using var stream = new RewritingStream(inner, PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));

        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal((1, 0), (inner.ZeroByteReads, inner.BytesRead));

        await stream.ReadExactlyAsync(new byte[1]);
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal((1, 8), (inner.ZeroByteReads, inner.BytesRead));
        Assert.False(stream.ReachedEnd);
    }

    [Fact]
    public async Task A_body_is_never_read_further_than_the_reader_asked()
    {
        using var inner = new SlicedStream(new byte[10 * 1024 * 1024], int.MaxValue);
        using var stream = new RewritingStream(inner, PayloadRewriter.Create(PayloadKind.Opaque, Rewrite.OnlyId));
        await stream.ReadExactlyAsync(new byte[10]);
        Assert.Equal(64 * 1024, inner.BytesRead);
    }

    [Fact]
    public async Task After_a_fault_every_read_throws_the_same()
    {
        using var stream = new RewritingStream(new MemoryStream("{\"a\":nope}"u8.ToArray()), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        var first = await Assert.ThrowsAsync<PayloadException>(async () => await stream.ReadExactlyAsync(new byte[100]));
        var second = Assert.Throws<PayloadException>(() => stream.Read(new byte[1]));
        var third = await Assert.ThrowsAsync<PayloadException>(async () => { _ = await stream.ReadAsync(Memory<byte>.Empty); });
        Assert.Same(first, second);
        Assert.Same(first, third);
        Assert.Same(first, stream.Fault);
        Assert.False(stream.ReachedEnd);
    }

    [Fact]
    public async Task A_body_that_breaks_off_never_reaches_its_end()
    {
        using var stream = new RewritingStream(new MemoryStream("{\"a\":1"u8.ToArray()), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        var buffer = new byte[100];
        Assert.True(await stream.ReadAsync(buffer) > 0);
        var fault = await Assert.ThrowsAsync<PayloadException>(async () => { _ = await stream.ReadAsync(buffer); });
        Assert.Equal(PayloadFault.Truncated, fault.Fault);
        Assert.False(stream.ReachedEnd);
    }

    [Fact]
    public async Task Disposing_leaves_the_inner_stream_open()
    {
        using var inner = new MemoryStream(Encoding.UTF8.GetBytes(Body));
        var stream = new RewritingStream(inner, PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        await stream.ReadExactlyAsync(new byte[1]);
        await stream.DisposeAsync();
        Assert.True(inner.CanRead);
        Assert.False(stream.CanRead);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => { _ = await stream.ReadAsync(new byte[1]); });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_537)]
    [InlineData(3_000_000)]
    public async Task Media_arrives_with_the_same_hash(int length)
    {
        var media = LookAlikes.Of(length, seed: length);
        var body = LookAlikes.Upload(media);
        using var inner = new SlicedStream(body, 4093);
        using var stream = new RewritingStream(inner, PayloadRewriter.Create(PayloadKind.Multipart, Rewrite.OnlyId, Rewrite.Boundary));
        using var output = new MemoryStream();
        await stream.CopyToAsync(output);
        Assert.Equal(SHA256.HashData(media), SHA256.HashData(LookAlikes.MediaOf(output.ToArray())));
        Assert.True(stream.ReachedEnd);
    }
}
