using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>The content of the part that is being read: streamed, held or dropped.</summary>
internal sealed class MultipartPart(InjectionState state)
{
    private readonly ArrayBufferWriter<byte> _held = new(256);
    private readonly EmbeddedText _embedded = new(state, level: 0);
    private PartUse _use;
    private PathNode? _node;
    private Utf8Check _utf8;
    private int _key;

    /// <summary>Begins a part that stays.</summary>
    /// <param name="node">What is looked for inside when the part is a target, else null.</param>
    /// <param name="use">How its content is treated.</param>
    public void Begin(PathNode? node, PartUse use)
    {
        _node = node;
        _use = use;
        _utf8 = default;
        _held.ResetWrittenCount();
    }

    /// <summary>Begins a part that is dropped.</summary>
    public void BeginDropped(int key)
    {
        Begin(null, PartUse.Compared);
        _key = key;
    }

    public void Write(ReadOnlySpan<byte> content, long offset, IBufferWriter<byte> output)
    {
        while (_use == PartUse.Undecided && !content.IsEmpty)
        {
            Check(content[..1], offset);
            Hold(content[..1], state.Plan.Limits.MaxHeldBytes, offset);
            content = content[1..];
            offset++;
            Decide(output);
        }

        switch (_use)
        {
            case PartUse.Streamed:
                output.Write(content);
                break;
            case PartUse.StreamedText:
                Check(content, offset);
                output.Write(content);
                break;
            case PartUse.Held:
                Hold(content, state.Plan.Limits.MaxEmbeddedBytes, offset);
                break;
            case PartUse.Compared when _held.WrittenCount <= state.Plan.Limits.MaxHeldBytes:
                _held.Write(content[..Math.Min(content.Length, state.Plan.Limits.MaxHeldBytes + 1 - _held.WrittenCount)]);
                break;
        }
    }

    public void End(long offset, IBufferWriter<byte> output)
    {
        switch (_use)
        {
            case PartUse.StreamedText or PartUse.Undecided when !_utf8.IsComplete:
                throw new PayloadException(PayloadFault.InvalidUtf8, offset);
            case PartUse.Undecided:
                output.Write(_held.WrittenSpan);
                break;
            case PartUse.Held:
                _embedded.RewriteText(_held.WrittenSpan, _node, offset, output);
                break;
            case PartUse.Compared:
                state.CountReplaced();
                state.Compare(_key, _held.WrittenSpan, _held.WrittenCount <= state.Plan.Limits.MaxHeldBytes, offset);
                break;
        }
    }

    private void Decide(IBufferWriter<byte> output)
    {
        if (!_utf8.IsComplete || EmbeddedText.IsLeading(_utf8.LastCodePoint))
        {
            return;
        }

        if (_utf8.LastCodePoint is '{' or '[')
        {
            _use = PartUse.Held;
            return;
        }

        _use = PartUse.StreamedText;
        output.Write(_held.WrittenSpan);
    }

    private void Check(ReadOnlySpan<byte> content, long offset)
    {
        if (!(content.Length == 1 ? _utf8.AcceptByte(content[0]) : _utf8.Accept(content)))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }
    }

    private void Hold(ReadOnlySpan<byte> content, int limit, long offset)
    {
        if (_held.WrittenCount + content.Length > limit)
        {
            throw new PayloadException(PayloadFault.TooLarge, offset);
        }

        _held.Write(content);
    }
}
