namespace OzGateway.Tests.Payloads;

/// <summary>Gives a body in slices of a fixed length.</summary>
internal sealed class SlicedStream(byte[] body, int sliceBytes) : MemoryStream(body)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, sliceBytes));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, sliceBytes)]));
}
