using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>The content of the part or field that is being read: streamed, held or dropped.</summary>
internal sealed class FieldContent(InjectionState state)
{
    // Media show in their first bytes that they are no text.
    private const int SniffedBytes = 512;

    private readonly ArrayBufferWriter<byte> _held = new(256);
    private readonly EmbeddedText _embedded = new(state, level: 0);
    private readonly LongText _long = new(state, isEscaped: false);
    private PartUse _use;
    private PathNode? _node;
    private Utf8Check _utf8;
    private bool _isFile;
    private PairWatch _pairs;
    private PairRole _role;
    private int _key;

    /// <summary>Begins a part that stays.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">What is looked for inside when the part is a target, else null.</param>
    /// <param name="use">How its content is treated.</param>
    /// <param name="offset">Where it begins, for faults.</param>
    public void Begin(string name, PathNode? node, PartUse use, long offset)
    {
        Begin(node, use);
        _role = PairNames.RoleOf(name);
        if (_role is PairRole.Value)
        {
            _pairs.SeeValue(isList: false);
            CheckPairs(offset);
        }
    }

    private void Begin(PathNode? node, PartUse use)
    {
        _role = PairRole.None;
        _node = node;
        _use = use;
        _isFile = use == PartUse.Sniffed;
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
        if (_use == PartUse.Sniffed)
        {
            var wanted = Math.Min(content.Length, SniffedBytes - _held.WrittenCount);
            _held.Write(content[..wanted]);
            content = content[wanted..];
            if (_held.WrittenCount == SniffedBytes)
            {
                DecideFile(offset, output);
            }
        }

        WriteDecided(content, offset, output);
    }

    public void End(long offset, IBufferWriter<byte> output)
    {
        if (_use == PartUse.Sniffed)
        {
            DecideFile(offset, output);
        }

        if (_use is PartUse.Text or PartUse.Passing && !_isFile && !_utf8.IsComplete)
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }

        switch (_use)
        {
            case PartUse.Passing:
                _long.End(offset, output);
                break;
            case PartUse.Text when _node is null && !EmbeddedText.MayHoldJson(_held.WrittenSpan):
                EndText(offset, output);
                break;
            case PartUse.Text or PartUse.Json:
                _embedded.RewriteText(_held.WrittenSpan, _node, offset, output);
                break;
            case PartUse.Compared:
                state.CountReplaced();
                state.Compare(_key, _held.WrittenSpan, _held.WrittenCount <= state.Plan.Limits.MaxHeldBytes, offset);
                break;
        }
    }

    private void EndText(long offset, IBufferWriter<byte> output)
    {
        if (!FreeText.Stays(state, _held.WrittenSpan, offset, out var rest) && _isFile)
        {
            // A value may be cut or emptied, a file not: it would arrive as another one.
            throw new PayloadException(PayloadFault.HiddenKey, offset);
        }

        output.Write(rest);
        if (_role is PairRole.Name && state.Plan.Keys.FindBare(_held.WrittenSpan) >= 0)
        {
            _pairs.SeeKey();
            CheckPairs(offset);
        }
    }

    private void CheckPairs(long offset)
    {
        if (_pairs.IsPair)
        {
            throw new PayloadException(PayloadFault.HiddenKey, offset);
        }
    }

    private void WriteDecided(ReadOnlySpan<byte> content, long offset, IBufferWriter<byte> output)
    {
        switch (_use)
        {
            case PartUse.Streamed:
                PassingWriter.Pass(content, output);
                break;
            case PartUse.Text:
                Check(content, offset);
                var isJson = EmbeddedText.MayHoldJson(_held.WrittenCount > 0 ? _held.WrittenSpan : content);
                HoldOrPass(content, isJson ? state.Plan.Limits.MaxEmbeddedBytes : LongText.WindowBytes, offset, output);
                break;
            case PartUse.Passing:
                Check(content, offset);
                _long.Write(content, offset, output);
                break;
            case PartUse.Json when _node is null:
                HoldOrPass(content, state.Plan.Limits.MaxEmbeddedBytes, offset, output);
                break;
            case PartUse.Json when _held.WrittenCount + content.Length > state.Plan.Limits.MaxEmbeddedBytes:
                throw new PayloadException(PayloadFault.TooLarge, offset);
            case PartUse.Json:
                _held.Write(content);
                break;
            case PartUse.Compared when _held.WrittenCount <= state.Plan.Limits.MaxHeldBytes:
                _held.Write(content[..Math.Min(content.Length, state.Plan.Limits.MaxHeldBytes + 1 - _held.WrittenCount)]);
                break;
        }
    }

    /// <summary>A file that begins like text is read as text: some server reads it as metadata.</summary>
    private void DecideFile(long offset, IBufferWriter<byte> output)
    {
        var start = _held.WrittenSpan.ToArray();
        _held.ResetWrittenCount();
        _use = Base64Text.LooksLikeText(start) ? PartUse.Text : PartUse.Streamed;
        WriteDecided(start, offset, output);
    }

    private void HoldOrPass(ReadOnlySpan<byte> content, int limit, long offset, IBufferWriter<byte> output)
    {
        if (_held.WrittenCount + content.Length <= limit)
        {
            _held.Write(content);
            return;
        }

        _use = PartUse.Passing;
        _long.Reset();
        _long.Write(_held.WrittenSpan, offset, output);
        _long.Write(content, offset, output);
    }

    private void Check(ReadOnlySpan<byte> content, long offset)
    {
        if (!_isFile && !_utf8.Accept(content))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }
    }
}
