using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// The string that a <see cref="JsonMachine"/> stands in: held while it may hold JSON or name a key of ours, passed on otherwise.
/// What stays is written with the escapes that it came with.
/// </summary>
internal sealed class JsonStringRewriter(InjectionState state, int level)
{
    private readonly ArrayBufferWriter<byte> _held = new(64);
    private readonly LongText _long = new(state, isEscaped: true);
    private EmbeddedText? _embedded;
    private JsonTextScanner _scanner;
    private KeptText? _keptText;
    private JsonTextUse _use;
    private PathNode? _node;
    private KeptKey? _kept;

    /// <summary>What becomes of the string.</summary>
    public JsonTextUse Use => _use;

    private PayloadLimits Limits => state.Plan.Limits;

    /// <summary>Begins behind the opening quote.</summary>
    /// <param name="use">What becomes of the string.</param>
    /// <param name="node">What is looked for inside, or null.</param>
    /// <param name="kept">The key of metadata whose value it is, where the use says so.</param>
    public void Begin(JsonTextUse use, PathNode? node, KeptKey? kept)
    {
        (_use, _node, _kept) = (use, node, kept);
        _scanner = default;
        _held.ResetWrittenCount();
    }

    /// <summary>Reads on.</summary>
    /// <param name="input">The next bytes.</param>
    /// <param name="offset">Where they stand, for faults.</param>
    /// <param name="output">Takes what can be passed on.</param>
    /// <param name="isClosed">Whether the closing quote was reached.</param>
    /// <returns>How many bytes belong to the string.</returns>
    public int Read(ReadOnlySpan<byte> input, long offset, IBufferWriter<byte> output, out bool isClosed)
    {
        var slice = _use == JsonTextUse.Undecided ? input[..1] : input;
        var taken = _scanner.Scan(slice, offset, out isClosed);
        var content = slice[..(isClosed ? taken - 1 : taken)];
        switch (_use)
        {
            case JsonTextUse.Name:
                Hold(content, Limits.MaxHeldBytes, offset);
                break;
            case JsonTextUse.Compared or JsonTextUse.Kept when _held.WrittenCount <= Limits.MaxHeldBytes:
                _held.Write(content[..Math.Min(content.Length, Limits.MaxHeldBytes + 1 - _held.WrittenCount)]);
                break;
            case JsonTextUse.Undecided:
                Hold(content, Limits.MaxHeldBytes, offset);
                Decide(isClosed, offset);
                break;
            case JsonTextUse.Plain:
                HoldOrPass(content, LongText.WindowBytes, offset, output);
                break;
            case JsonTextUse.Embedded when _node is null:
                HoldOrPass(content, Limits.MaxEmbeddedBytes, offset, output);
                break;
            case JsonTextUse.Embedded:
                Hold(content, Limits.MaxEmbeddedBytes, offset);
                break;
            case JsonTextUse.Passing:
                _long.Write(content, offset, output);
                break;
        }

        return taken;
    }

    /// <summary>Ends a value that stays.</summary>
    public void EndValue(long offset, IBufferWriter<byte> output)
    {
        switch (_use)
        {
            case JsonTextUse.Passing:
                _long.End(offset, output);
                output.Write("\""u8);
                break;
            case JsonTextUse.Embedded:
                _embedded ??= new EmbeddedText(state, level + 1);
                _embedded.RewriteString(_held.WrittenSpan, _node, offset, output);
                break;
            case JsonTextUse.Plain:
                var stays = FreeText.Stays(state, Unescaped(), offset, out var rest);
                Write(stays, rest, output);
                break;
            case JsonTextUse.Kept:
                EndKept(offset, output);
                break;
        }
    }

    /// <summary>Whether the value that ended is nothing but a key's name.</summary>
    public bool IsKeyName() => _use is JsonTextUse.Plain or JsonTextUse.Kept && state.Plan.Keys.FindBare(Unescaped()) >= 0;

    /// <summary>Ends a name.</summary>
    /// <param name="escaped">As it came.</param>
    public string EndName(out ReadOnlySpan<byte> escaped)
    {
        escaped = _held.WrittenSpan;
        return Encoding.UTF8.GetString(Unescaped());
    }

    /// <summary>Ends the client's value for a key of ours.</summary>
    /// <param name="key">Index of the key.</param>
    /// <param name="offset">Where the value ends.</param>
    public void EndCompared(int key, long offset)
    {
        var isReadable = _held.WrittenCount <= Limits.MaxHeldBytes;
        state.Compare(key, isReadable ? Unescaped() : [], isReadable, offset);
    }

    private void EndKept(long offset, IBufferWriter<byte> output)
    {
        if (_held.WrittenCount > Limits.MaxHeldBytes)
        {
            throw new PayloadException(PayloadFault.MetadataInvalid, offset);
        }

        _keptText ??= new KeptText(state, level + 1);
        var stays = _keptText.Stays(_kept!, Unescaped(), offset, out var rest);
        Write(stays, rest, output);
    }

    private void Write(bool stays, ReadOnlySpan<byte> rest, IBufferWriter<byte> output)
    {
        if (!stays)
        {
            JsonText.WriteString(rest, output);
            return;
        }

        output.Write("\""u8);
        output.Write(_held.WrittenSpan);
        output.Write("\""u8);
    }

    private ReadOnlySpan<byte> Unescaped()
    {
        var content = _held.WrittenSpan;
        if (!content.Contains((byte)'\\'))
        {
            return content;
        }

        var text = new byte[content.Length];
        return text.AsSpan(0, JsonText.Unescape(content, text));
    }

    private void Hold(ReadOnlySpan<byte> content, int limit, long offset)
    {
        if (_held.WrittenCount + content.Length > limit)
        {
            throw new PayloadException(PayloadFault.TooLarge, offset);
        }

        _held.Write(content);
    }

    private void HoldOrPass(ReadOnlySpan<byte> content, int limit, long offset, IBufferWriter<byte> output)
    {
        if (_held.WrittenCount + content.Length <= limit)
        {
            _held.Write(content);
            return;
        }

        _use = JsonTextUse.Passing;
        output.Write("\""u8);
        _long.Reset();
        _long.Write(_held.WrittenSpan, offset, output);
        _long.Write(content, offset, output);
    }

    private void Decide(bool isClosed, long offset)
    {
        if (!isClosed && (!_scanner.IsBetweenCharacters || EmbeddedText.IsLeading(_scanner.LastCharacter)))
        {
            return;
        }

        if (!isClosed && _scanner.LastCharacter is '{' or '[')
        {
            _use = JsonTextUse.Embedded;
            return;
        }

        _use = _node is { IsTarget: true } ? throw new PayloadException(PayloadFault.TargetNotAnObject, offset) : JsonTextUse.Plain;
    }
}
