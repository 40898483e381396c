using System.Buffers;
using System.IO.Pipelines;
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
        using var stream = new RewritingStream(PipeReader.Create(inner), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
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
    public async Task A_body_is_waited_for_and_never_blocked_on()
    {
        using var stream = new RewritingStream(PipeReader.Create(new MemoryStream()), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        Assert.Throws<NotSupportedException>(() => stream.Read(new byte[1], 0, 1));
        await Assert.ThrowsAsync<PayloadException>(async () => { _ = await stream.ReadAsync(new byte[1]); });
    }

    [Fact]
    public async Task A_zero_byte_read_waits_for_bytes_and_takes_none()
    {
        var pipe = new Pipe();
        using var stream = new RewritingStream(pipe.Reader, PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));

        var waiting = stream.ReadAsync(Memory<byte>.Empty);
        Assert.False(waiting.IsCompleted);
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Body));

        Assert.Equal(0, await waiting);
        Assert.False(stream.ReachedEnd);
        Assert.True(pipe.Reader.TryRead(out var untouched));
        Assert.Equal(Body.Length, untouched.Buffer.Length);
        pipe.Reader.AdvanceTo(untouched.Buffer.Start);
        await pipe.Writer.CompleteAsync();
        using var reader = new StreamReader(stream);
        Assert.Equal(Expected, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_zero_byte_read_takes_nothing_of_what_is_held()
    {
        using var stream = new RewritingStream(PipeReader.Create(new MemoryStream("{}"u8.ToArray())), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        var buffer = new byte[100];
        Assert.Equal(1, await stream.ReadAsync(buffer.AsMemory(0, 1)));
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
        var rest = await stream.ReadAsync(buffer.AsMemory(1));
        Assert.Equal("""{"meta":{"transaction_id":"oz1_SERVERMADE"}}""", Encoding.UTF8.GetString(buffer, 0, 1 + rest));
    }

    [Fact]
    public async Task A_body_is_never_taken_further_than_the_reader_asked()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await pipe.Writer.WriteAsync(new byte[1024 * 1024]);
        using var stream = new RewritingStream(pipe.Reader, PayloadRewriter.Create(PayloadKind.Opaque, Rewrite.OnlyId));

        await stream.ReadExactlyAsync(new byte[10]);

        Assert.True(pipe.Reader.TryRead(out var left));
        Assert.Equal((1024 * 1024) - 10, left.Buffer.Length);
    }

    [Fact]
    public async Task A_cancelled_reading_is_no_end()
    {
        var pipe = new Pipe();
        using var stream = new RewritingStream(pipe.Reader, PayloadRewriter.Create(PayloadKind.Opaque, Rewrite.OnlyId));
        pipe.Reader.CancelPendingRead();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => { _ = await stream.ReadAsync(new byte[1]); });
        Assert.False(stream.ReachedEnd);
    }

    [Fact]
    public async Task After_a_fault_every_read_throws_the_same()
    {
        using var stream = new RewritingStream(PipeReader.Create(new MemoryStream("{\"a\":nope}"u8.ToArray())), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        var first = await Assert.ThrowsAsync<PayloadException>(async () => await stream.ReadExactlyAsync(new byte[100]));
        var second = await Assert.ThrowsAsync<PayloadException>(async () => { _ = await stream.ReadAsync(new byte[1]); });
        var third = await Assert.ThrowsAsync<PayloadException>(async () => { _ = await stream.ReadAsync(Memory<byte>.Empty); });
        Assert.Same(first, second);
        Assert.Same(first, third);
        Assert.Same(first, stream.Fault);
        Assert.False(stream.ReachedEnd);
    }

    [Fact]
    public async Task A_body_that_breaks_off_never_reaches_its_end()
    {
        using var stream = new RewritingStream(PipeReader.Create(new MemoryStream("{\"a\":1"u8.ToArray())), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
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
        var stream = new RewritingStream(PipeReader.Create(inner), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        await stream.ReadExactlyAsync(new byte[1]);
        await stream.DisposeAsync();
        Assert.True(inner.CanRead);
        Assert.False(stream.CanRead);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => { _ = await stream.ReadAsync(new byte[1]); });
    }

    [Fact]
    public async Task What_only_passes_is_written_from_where_it_lies()
    {
        var body = LookAlikes.Upload(LookAlikes.Of(200_000, seed: 1));
        using var stream = new RewritingStream(PipeReader.Create(new ReadOnlySequence<byte>(body)), PayloadRewriter.Create(PayloadKind.Multipart, Rewrite.OnlyId, Rewrite.Boundary));
        await using var output = new RecordingStream();

        await stream.CopyToAsync(output);

        Assert.Contains(output.Pieces, piece => piece.Length > 190_000 && piece.Span.Overlaps(body));
        Assert.True(stream.ReachedEnd);
    }

    [Fact]
    public async Task A_refused_body_ends_a_copy_and_is_no_failure_of_the_destination()
    {
        using var stream = new RewritingStream(PipeReader.Create(new MemoryStream("{\"a\":nope}"u8.ToArray())), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        var fault = await Assert.ThrowsAsync<PayloadException>(() => stream.CopyToAsync(Stream.Null));
        Assert.Same(fault, stream.Fault);
        Assert.False(stream.IsWriting);
        Assert.False(stream.ReachedEnd);
    }

    [Fact]
    public async Task A_destination_that_fails_is_told_from_a_body_that_does()
    {
        using var stream = new RewritingStream(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(Body))), PayloadRewriter.Create(PayloadKind.Json, Rewrite.OnlyId));
        await Assert.ThrowsAsync<NotSupportedException>(() => stream.CopyToAsync(new MemoryStream([], writable: false)));
        Assert.True(stream.IsWriting);
        Assert.Null(stream.Fault);
        Assert.False(stream.ReachedEnd);
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
        using var stream = new RewritingStream(PipeReader.Create(inner), PayloadRewriter.Create(PayloadKind.Multipart, Rewrite.OnlyId, Rewrite.Boundary));
        using var output = new MemoryStream();
        await stream.CopyToAsync(output);
        Assert.Equal(SHA256.HashData(media), SHA256.HashData(LookAlikes.MediaOf(output.ToArray())));
        Assert.True(stream.ReachedEnd);
    }
}
