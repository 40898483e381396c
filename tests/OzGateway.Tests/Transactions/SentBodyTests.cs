using System.IO.Pipelines;
using OzGateway.Payloads;
using OzGateway.Transactions;

namespace OzGateway.Tests.Transactions;

public sealed class SentBodyTests
{
    private static readonly byte[] Body = new byte[100_000];

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task The_first_read_writes_the_whole_body_and_is_at_its_end(int readBytes)
    {
        await using var rewriting = Rewriting();
        using var destination = new MemoryStream();
        await using var sent = new SentBody(rewriting) { Destination = destination };

        Assert.Equal(0, await sent.ReadAsync(new byte[readBytes]));

        Assert.Equal(Body, destination.ToArray());
        Assert.True(rewriting.ReachedEnd);
        Assert.Null(sent.NotTaken);
        Assert.Equal(0, await sent.ReadAsync(new byte[10]));
        Assert.Equal(Body.Length, destination.Length);
    }

    [Fact]
    public async Task Without_a_destination_the_body_is_read()
    {
        await using var rewriting = Rewriting();
        await using var sent = new SentBody(rewriting);
        var read = new byte[Body.Length];
        await sent.ReadExactlyAsync(read);
        Assert.Equal(Body, read);
    }

    [Fact]
    public async Task A_destination_that_takes_nothing_is_no_failure_of_the_body()
    {
        await using var rewriting = Rewriting();
        await using var sent = new SentBody(rewriting) { Destination = new MemoryStream([], writable: false) };
        Assert.Equal(0, await sent.ReadAsync(Memory<byte>.Empty));
        Assert.Equal(0, await sent.ReadAsync(new byte[10]));
        Assert.IsType<NotSupportedException>(sent.NotTaken);
        Assert.False(rewriting.ReachedEnd);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_no_failure_of_the_destination()
    {
        var pipe = new Pipe();
        await pipe.Writer.CompleteAsync(new IOException("The page has gone."));
        await using var rewriting = new RewritingStream(pipe.Reader, PayloadRewriter.Create(PayloadKind.Opaque, new InjectionRules()));
        await using var sent = new SentBody(rewriting) { Destination = Stream.Null };
        await Assert.ThrowsAsync<IOException>(async () => { _ = await sent.ReadAsync(Memory<byte>.Empty); });
        Assert.Null(sent.NotTaken);
        Assert.False(rewriting.ReachedEnd);
    }

    private static RewritingStream Rewriting() =>
        new(PipeReader.Create(new MemoryStream(Body)), PayloadRewriter.Create(PayloadKind.Opaque, new InjectionRules()));
}
