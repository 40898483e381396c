using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// The one streaming JSON reader of the way up: a strict state machine over bytes that removes the client's keys at any depth,
/// sets the gateway's once, and writes everything else on without white space. Strings of any length pass in constant memory unless they may hold JSON.
/// (Longer than other files on purpose: the grammar is read in one place.)
/// </summary>
internal sealed class JsonMachine
{
    private const int NotSkipping = -1;
    private const int NoKey = -1;

    private readonly InjectionState _state;
    private readonly int _level;
    private readonly ArrayBufferWriter<byte> _held = new(64);
    private JsonFrame[] _frames = new JsonFrame[8];
    private EmbeddedText? _embedded;
    private JsonMachineMode _mode;
    private JsonTextUse _textUse;
    private JsonTextScanner _scanner;
    private PathNode? _node;
    private int _depth;
    private int _skipDepth;
    private int _key;
    private long _offset;

    public JsonMachine(InjectionState state, int level, PathNode? root)
    {
        _state = state;
        _level = level;
        Reset(root);
    }

    private PayloadLimits Limits => _state.Plan.Limits;

    private bool IsSkipping => _skipDepth != NotSkipping;

    /// <summary>Makes the machine ready for another document.</summary>
    public void Reset(PathNode? root)
    {
        _node = root;
        _mode = JsonMachineMode.Value;
        _depth = 0;
        _skipDepth = NotSkipping;
        _key = NoKey;
        _offset = 0;
        _held.ResetWrittenCount();
    }

    public void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        while (!input.IsEmpty)
        {
            var taken = _mode switch
            {
                JsonMachineMode.Text => ReadText(input, output),
                JsonMachineMode.Literal => ReadLiteral(input, output),
                _ => ReadToken(input[0], output),
            };
            _offset += taken;
            input = input[taken..];
        }
    }

    public void Complete(IBufferWriter<byte> output)
    {
        if (_mode == JsonMachineMode.Literal && _depth == 0)
        {
            EndLiteral(output);
        }

        if (_mode != JsonMachineMode.Done)
        {
            throw Fault(PayloadFault.Truncated);
        }
    }

    private PayloadException Fault(PayloadFault fault) => new(fault, _offset);

    private int ReadToken(byte b, IBufferWriter<byte> output)
    {
        if (JsonText.IsWhiteSpace(b))
        {
            return 1;
        }

        switch (_mode)
        {
            case JsonMachineMode.FirstElement when b == ']':
            case JsonMachineMode.FirstName when b == '}':
                Close(output);
                return 1;
            case JsonMachineMode.Value:
            case JsonMachineMode.FirstElement:
                return BeginValue(b, output);
            case JsonMachineMode.FirstName or JsonMachineMode.Name when b == '"':
                BeginText(IsSkipping ? JsonTextUse.DroppedName : JsonTextUse.Name);
                return 1;
            case JsonMachineMode.Colon when b == ':':
                _mode = JsonMachineMode.Value;
                return 1;
            case JsonMachineMode.CommaOrEnd:
                ReadCommaOrEnd(b, output);
                return 1;
            case JsonMachineMode.Done:
                throw Fault(PayloadFault.SurplusBytes);
            default:
                throw Fault(PayloadFault.MalformedJson);
        }
    }

    private void ReadCommaOrEnd(byte b, IBufferWriter<byte> output)
    {
        var isObject = _frames[_depth - 1].IsObject;
        if (b == ',')
        {
            _mode = isObject ? JsonMachineMode.Name : JsonMachineMode.Value;
            _node = null;
        }
        else if (b == (isObject ? '}' : ']'))
        {
            Close(output);
        }
        else
        {
            throw Fault(PayloadFault.MalformedJson);
        }
    }

    private int BeginValue(byte b, IBufferWriter<byte> output)
    {
        var isRoot = _depth == 0 && _node is not null;
        var isTarget = _node is { IsTarget: true };
        if ((isRoot && b != '{') || (isTarget && b is not ((byte)'{' or (byte)'"')))
        {
            throw Fault(PayloadFault.TargetNotAnObject);
        }

        if (!IsSkipping && _depth > 0 && !_frames[_depth - 1].IsObject)
        {
            WriteComma(output);
        }

        switch (b)
        {
            case (byte)'{' or (byte)'[':
                Open(b == '{', output);
                return 1;
            case (byte)'"':
                BeginText(!IsSkipping ? JsonTextUse.Undecided : _key != NoKey ? JsonTextUse.Compared : JsonTextUse.Dropped);
                return 1;
            case (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9'):
                CompareUnreadable();
                _held.ResetWrittenCount();
                _mode = JsonMachineMode.Literal;
                return 0;
            default:
                throw Fault(PayloadFault.MalformedJson);
        }
    }

    private void Open(bool isObject, IBufferWriter<byte> output)
    {
        if (_depth == Limits.MaxDepth)
        {
            throw Fault(PayloadFault.TooDeep);
        }

        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        CompareUnreadable();
        _frames[_depth++] = new JsonFrame { IsObject = isObject, Node = isObject ? _node : null };
        _node = null;
        _mode = isObject ? JsonMachineMode.FirstName : JsonMachineMode.FirstElement;
        Emit(isObject ? "{"u8 : "["u8, output);
    }

    private void Close(IBufferWriter<byte> output)
    {
        ref var frame = ref _frames[_depth - 1];
        if (!IsSkipping && frame.Node is { } node && !_state.Injected)
        {
            Inject(node, ref frame, output);
        }

        Emit(frame.IsObject ? "}"u8 : "]"u8, output);
        _depth--;
        EndValue();
    }

    /// <summary>At the end of an object: it is the first target that ends, or the place from which the target that is missing is created.</summary>
    private void Inject(PathNode node, ref JsonFrame frame, IBufferWriter<byte> output)
    {
        if (node.IsTarget)
        {
            WriteComma(output);
            output.Write(_state.Plan.SetMembers);
            _state.Injected = true;
        }
        else if (node.CreationIndex >= 0)
        {
            if ((frame.Seen & (1UL << node.CreationIndex)) != 0)
            {
                throw Fault(PayloadFault.TargetNotAnObject);
            }

            WriteComma(output);
            JsonText.WriteString(Encoding.UTF8.GetBytes(node.NameAt(node.CreationIndex)), output);
            output.Write(":"u8);
            _state.Plan.WriteCreated(node.ChildAt(node.CreationIndex), output);
            _state.Injected = true;
        }
    }

    private void BeginText(JsonTextUse use)
    {
        _textUse = use;
        _scanner = default;
        _held.ResetWrittenCount();
        _mode = JsonMachineMode.Text;
    }

    private int ReadText(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var slice = _textUse == JsonTextUse.Undecided ? input[..1] : input;
        var taken = _scanner.Scan(slice, _offset, out var isClosed);
        var content = slice[..(isClosed ? taken - 1 : taken)];
        switch (_textUse)
        {
            case JsonTextUse.Plain:
                output.Write(content);
                break;
            case JsonTextUse.Name:
                Hold(content, Limits.MaxHeldBytes);
                break;
            case JsonTextUse.Embedded:
                Hold(content, Limits.MaxEmbeddedBytes);
                break;
            case JsonTextUse.Compared when _held.WrittenCount <= Limits.MaxHeldBytes:
                _held.Write(content[..Math.Min(content.Length, Limits.MaxHeldBytes + 1 - _held.WrittenCount)]);
                break;
            case JsonTextUse.Undecided:
                Hold(content, Limits.MaxHeldBytes);
                Decide(isClosed, output);
                break;
        }

        if (isClosed)
        {
            EndText(output);
        }

        return taken;
    }

    private void Hold(ReadOnlySpan<byte> content, int limit)
    {
        if (_held.WrittenCount + content.Length > limit)
        {
            throw Fault(PayloadFault.TooLarge);
        }

        _held.Write(content);
    }

    private void Decide(bool isClosed, IBufferWriter<byte> output)
    {
        if (!isClosed && (!_scanner.IsBetweenCharacters || EmbeddedText.IsLeading(_scanner.LastCharacter)))
        {
            return;
        }

        if (!isClosed && _scanner.LastCharacter is '{' or '[')
        {
            _textUse = JsonTextUse.Embedded;
            return;
        }

        if (_node is { IsTarget: true })
        {
            throw Fault(PayloadFault.TargetNotAnObject);
        }

        _textUse = JsonTextUse.Plain;
        output.Write("\""u8);
        output.Write(_held.WrittenSpan);
    }

    private void EndText(IBufferWriter<byte> output)
    {
        switch (_textUse)
        {
            case JsonTextUse.Name:
                EndName(output);
                return;
            case JsonTextUse.DroppedName:
                _mode = JsonMachineMode.Colon;
                return;
            case JsonTextUse.Plain:
                output.Write("\""u8);
                break;
            case JsonTextUse.Embedded:
                _embedded ??= new EmbeddedText(_state, _level + 1);
                _embedded.RewriteString(_held.WrittenSpan, _node, _offset, output);
                break;
            case JsonTextUse.Compared:
                CompareHeld();
                break;
        }

        EndValue();
    }

    private void EndName(IBufferWriter<byte> output)
    {
        ref var frame = ref _frames[_depth - 1];
        var name = Decode(_held.WrittenSpan);
        _mode = JsonMachineMode.Colon;
        _key = _state.Plan.Keys.Find(name);
        if (_key != NoKey)
        {
            _state.CountReplaced();
            _skipDepth = _depth;
            return;
        }

        var child = frame.Node?.Find(name) ?? -1;
        if (child >= 0)
        {
            var bit = 1UL << child;
            if ((frame.Seen & bit) != 0)
            {
                throw Fault(PayloadFault.AmbiguousTarget);
            }

            frame.Seen |= bit;
            _node = frame.Node!.ChildAt(child);
        }

        WriteComma(output);
        output.Write("\""u8);
        output.Write(_held.WrittenSpan);
        output.Write("\":"u8);
    }

    private int ReadLiteral(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var length = input.IndexOfAnyExcept(JsonLiteral.Characters);
        if (length == 0)
        {
            EndLiteral(output);
            return 0;
        }

        length = length < 0 ? input.Length : length;
        Hold(input[..length], Limits.MaxHeldBytes);
        return length;
    }

    private void EndLiteral(IBufferWriter<byte> output)
    {
        if (!JsonLiteral.IsValid(_held.WrittenSpan))
        {
            throw Fault(PayloadFault.MalformedJson);
        }

        Emit(_held.WrittenSpan, output);
        EndValue();
    }

    private void EndValue()
    {
        if (_skipDepth == _depth)
        {
            _skipDepth = NotSkipping;
        }

        _key = NoKey;
        _node = null;
        _mode = _depth == 0 ? JsonMachineMode.Done : JsonMachineMode.CommaOrEnd;
    }

    private void CompareUnreadable()
    {
        if (_key != NoKey)
        {
            _state.Compare(_key, [], isReadable: false, _offset);
            _key = NoKey;
        }
    }

    private void CompareHeld()
    {
        var value = new byte[_held.WrittenCount];
        var isReadable = _held.WrittenCount <= Limits.MaxHeldBytes;
        var length = isReadable ? JsonText.Unescape(_held.WrittenSpan, value) : 0;
        _state.Compare(_key, value.AsSpan(0, length), isReadable, _offset);
    }

    private void WriteComma(IBufferWriter<byte> output)
    {
        ref var frame = ref _frames[_depth - 1];
        if (frame.HasOutput)
        {
            output.Write(","u8);
        }

        frame.HasOutput = true;
    }

    private void Emit(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (!IsSkipping)
        {
            output.Write(bytes);
        }
    }

    private static string Decode(ReadOnlySpan<byte> content)
    {
        if (!content.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(content);
        }

        var decoded = new byte[content.Length];
        return Encoding.UTF8.GetString(decoded, 0, JsonText.Unescape(content, decoded));
    }
}
