namespace OzGateway.Payloads;

/// <summary>
/// Feeds a decoder so that it is known where it ended: the last bytes one at a time, for a decoder that has ended asks for no more, and one that
/// lacks bytes asks beyond the end.
/// </summary>
internal sealed class CodedInput(ReadOnlyMemory<byte> encoded) : ReadOnlyStream
{
    private const int SingleBytes = 32;

    private int _position;

    /// <summary>Whether the decoder asked beyond the last byte.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Whether the decoder took the last byte and wanted no more.</summary>
    public bool EndsExactly => _position == encoded.Length && !IsExhausted;

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
}
