namespace OzGateway.Payloads;

/// <summary>
/// Feeds a decoder so that it is known where it ended: the last bytes one at a time, for a decoder that has ended asks for no more, and one that
/// lacks bytes asks beyond the end.
/// </summary>
internal sealed class CodedInput(ReadOnlyMemory<byte> encoded) : Stream
{
    private const int SingleBytes = 32;

    private int _position;

    /// <summary>Whether the decoder asked beyond the last byte.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Whether the decoder took the last byte and wanted no more.</summary>
    public bool EndsExactly => _position == encoded.Length && !IsExhausted;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var rest = encoded.Length - _position;
        var count = Math.Min(buffer.Length, rest > SingleBytes ? rest - SingleBytes : Math.Min(rest, 1));
        encoded.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        IsExhausted |= count == 0;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
