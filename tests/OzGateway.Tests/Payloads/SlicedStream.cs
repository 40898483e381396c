namespace OzGateway.Tests.Payloads;

/// <summary>Gives a body in slices of a fixed length and counts what was asked of it.</summary>
internal sealed class SlicedStream(byte[] body, int sliceBytes) : MemoryStream(body)
{
    public int ZeroByteReads { get; private set; }

    public int BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, sliceBytes));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            ZeroByteReads++;
            return ValueTask.FromResult(0);
        }

        var count = Read(buffer.Span[..Math.Min(buffer.Length, sliceBytes)]);
        BytesRead += count;
        return ValueTask.FromResult(count);
    }
}
