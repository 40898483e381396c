namespace OzGateway.Benchmarks;

/// <summary>A body as a server hands it over: forward only, in slices.</summary>
internal sealed class ArrivingBody(byte[] bytes) : Stream
{
    private const int SliceBytes = 16 * 1024;

    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override int Read(Span<byte> buffer)
    {
        var slice = bytes.AsSpan(_position, Math.Min(Math.Min(SliceBytes, buffer.Length), bytes.Length - _position));
        slice.CopyTo(buffer);
        _position += slice.Length;
        return slice.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
