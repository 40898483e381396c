using System.Buffers;
using System.Text.Unicode;

namespace OzGateway.Payloads;

/// <summary>The content of the part or field that is being read: streamed, held or dropped.</summary>
internal sealed class FieldContent(InjectionState state)
{
    // Media show in their first bytes that they are no text.
    private const int SniffedBytes = 512;

    // By its value some servers decode all other fields (HTML, RFC 7578).
    private const string CharsetName = "_charset_";

    private readonly ArrayBufferWriter<byte> _held = new(256);
    private readonly EmbeddedText _embedded = new(state, level: 0);
    private readonly LongText _long = new(state, isEscaped: false);
    private readonly KeptText _keptText = new(state, level: 0);
    private PartUse _use;
    private PathNode? _node;
    private Utf8Check _utf8;
    private bool _isFile;
    private bool _isCharset;
    private PairWatch _pairs;
    private PairRole _role;
    private int _key;
    private int _leading;
    private KeptKey? _kept;

    /// <summary>Begins a part that is a place for metadata.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">What is looked for inside.</param>
    /// <param name="offset">Where it begins, for faults.</param>
    public void BeginTarget(string name, PathNode node, long offset)
    {
        Begin(node, PartUse.Json);
        SeeRole(name, offset);
    }

    /// <summary>Begins any other part that stays.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="use">How its content is treated.</param>
    /// <param name="kept">The key of metadata whose value it is, where metadata is judged by key: one that is no text is refused.</param>
    /// <param name="offset">Where it begins, for faults.</param>
    public void Begin(string name, PartUse use, KeptKey? kept, long offset)
    {
        if (kept is not null && use is not PartUse.Text)
        {
            throw new PayloadException(PayloadFault.MetadataInvalid, offset);
        }

        Begin(null, kept is null ? use : PartUse.Kept);
        _kept = kept;
        SeeRole(name, offset);
    }

    private void SeeRole(string name, long offset)
    {
        _isCharset = name.Equals(CharsetName, StringComparison.OrdinalIgnoreCase);
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
        _isCharset = false;
        _utf8 = default;
        _leading = 0;
        _held.ResetWrittenCount();
    }

    /// <summary>Begins a part that is dropped.</summary>
    public void BeginDropped(NameFinding found)
    {
        Begin(null, found.Use is NameUse.Key ? PartUse.Compared : PartUse.Dropped);
        _key = found.Key;
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

        if (_isCharset && !(_use is PartUse.Text && MediaType.IsReadable(_held.WrittenSpan)))
        {
            throw new PayloadException(PayloadFault.UnsupportedCharset, offset);
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
            case PartUse.Kept:
                EndKept(offset, output);
                break;
            case PartUse.Dropped:
                state.CountReplaced();
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
        SeeName(offset);
    }

    private void EndKept(long offset, IBufferWriter<byte> output)
    {
        if (_held.WrittenCount > state.Plan.Limits.MaxHeldBytes || !Utf8.IsValid(_held.WrittenSpan))
        {
            throw new PayloadException(PayloadFault.MetadataInvalid, offset);
        }

        _keptText.Stays(_kept!, _held.WrittenSpan, offset, out var rest);
        output.Write(rest);
        SeeName(offset);
    }

    private void SeeName(long offset)
    {
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
                _held.Write(content);
                PassBeyond(MayBeJson() ? state.Plan.Limits.MaxEmbeddedBytes : LongText.WindowBytes, offset, output);
                break;
            case PartUse.Passing:
                Check(content, offset);
                _long.Write(content, offset, output);
                break;
            case PartUse.Json when _node is null:
                _held.Write(content);
                PassBeyond(state.Plan.Limits.MaxEmbeddedBytes, offset, output);
                break;
            case PartUse.Json when _held.WrittenCount + content.Length > state.Plan.Limits.MaxEmbeddedBytes:
                throw new PayloadException(PayloadFault.TooLarge, offset);
            case PartUse.Json:
                _held.Write(content);
                break;
            case PartUse.Compared or PartUse.Kept when _held.WrittenCount <= state.Plan.Limits.MaxHeldBytes:
                _held.Write(content[..Math.Min(content.Length, state.Plan.Limits.MaxHeldBytes + 1 - _held.WrittenCount)]);
                break;
        }
    }

    /// <summary>Whether the text begins like JSON, or has not begun yet. What stands before it is looked at once, in however many pieces it comes.</summary>
    private bool MayBeJson()
    {
        _leading += EmbeddedText.LeadingLength(_held.WrittenSpan[_leading..]);
        var text = _held.WrittenSpan[_leading..];
        return text.Length == Utf8Check.CutOffLength(text) || text[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>A file that begins like text is read as text: some server reads it as metadata.</summary>
    private void DecideFile(long offset, IBufferWriter<byte> output)
    {
        var start = _held.WrittenSpan.ToArray();
        _held.ResetWrittenCount();
        _use = Base64Text.LooksLikeText(start) ? PartUse.Text : PartUse.Streamed;
        WriteDecided(start, offset, output);
    }

    private void PassBeyond(int limit, long offset, IBufferWriter<byte> output)
    {
        if (_held.WrittenCount > limit)
        {
            _use = PartUse.Passing;
            _long.Reset();
            _long.Write(_held.WrittenSpan, offset, output);
        }
    }

    private void Check(ReadOnlySpan<byte> content, long offset)
    {
        if (!_isFile && !_utf8.Accept(content))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }
    }
}
