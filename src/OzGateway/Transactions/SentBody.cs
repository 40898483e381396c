using OzGateway.Payloads;

namespace OzGateway.Transactions;

/// <summary>
/// A rewritten body as the forwarder reads it. Where it is told where the body goes, the first read writes all of it there, from the server's
/// own blocks and as large as they are, and is then at the end: the forwarder would copy through a buffer of its own, which costs memory and
/// twice the writes. Waiting for bytes and waiting for the adapter are one wait then, under the same token.
/// </summary>
/// <param name="body">The body; stays the caller's.</param>
internal sealed class SentBody(RewritingStream body) : ReadOnlyStream
{
    /// <summary>Where a request to the adapter carries its body.</summary>
    public static readonly HttpRequestOptionsKey<SentBody> Option = new("ozgateway.body");

    /// <summary>Where the body goes; null leaves it to the reader.</summary>
    public Stream? Destination { get; set; }

    /// <summary>Why the destination did not take the body. The reader is told an end all the same, for it was not the body that failed.</summary>
    public Exception? NotTaken { get; private set; }

    /// <inheritdoc />
    public override bool CanRead => body.CanRead;

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (NotTaken is not null)
        {
            return 0;
        }

        if (Destination is not { } destination)
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }

        try
        {
            await body.CopyToAsync(destination, cancellationToken);
        }
        catch (Exception fault) when (body.IsWriting)
        {
            NotTaken = fault;
        }

        return 0;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
