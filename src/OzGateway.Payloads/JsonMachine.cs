using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>
/// The one streaming JSON reader of the way up: a strict state machine over bytes that removes the client's keys at any depth,
/// sets the gateway's once, and writes everything else on without white space. Strings of any length pass in constant memory.
/// </summary>
internal sealed class JsonMachine
{
    private const int NotSkipping = -1;
    private const int NoKey = -1;

    private readonly InjectionState _state;
    private readonly JsonStringRewriter _text;
    private readonly ArrayBufferWriter<byte> _literal = new(32);
    private readonly JsonFrames _frames = new();
    private JsonMachineMode _mode;
    private PathNode? _node;
    private int _skipDepth;
    private int _key;
    private KeptKey? _kept;
    private long _offset;

    public JsonMachine(InjectionState state, int level, PathNode? root)
    {
        _state = state;
        _text = new JsonStringRewriter(state, level);
        Reset(root);
    }

    private PayloadLimits Limits => _state.Plan.Limits;

    private bool IsSkipping => _skipDepth != NotSkipping;

    /// <summary>Makes the machine ready for another document.</summary>
    public void Reset(PathNode? root)
    {
        _node = root;
        _mode = JsonMachineMode.Value;
        _frames.Clear();
        _skipDepth = NotSkipping;
        _key = NoKey;
        _kept = null;
        _offset = 0;
        _literal.ResetWrittenCount();
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
        if (_mode == JsonMachineMode.Literal && _frames.Depth == 0)
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
        var isObject = _frames.Inner.IsObject;
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
        var isRoot = _frames.Depth == 0 && _node is not null;
        var isTarget = _node is { IsTarget: true };
        if (_kept is not null && b is (byte)'{' or (byte)'[')
        {
            throw Fault(PayloadFault.MetadataInvalid);
        }

        if ((isRoot && b != '{' && _state.Plan.HasSet) || (isTarget && b is not ((byte)'{' or (byte)'"')))
        {
            throw Fault(PayloadFault.TargetNotAnObject);
        }

        if (!IsSkipping && _frames.Depth > 0)
        {
            if (!_frames.Inner.IsObject)
            {
                _frames.Inner.WriteComma(output);
            }

            CheckPair(_frames.SeeValue(isList: b == '['));
        }

        switch (b)
        {
            case (byte)'{' or (byte)'[':
                Open(b == '{', output);
                return 1;
            case (byte)'"':
                BeginText(_kept is not null ? JsonTextUse.Kept : !IsSkipping ? JsonTextUse.Undecided : _key != NoKey ? JsonTextUse.Compared : JsonTextUse.Dropped);
                return 1;
            case (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9'):
                CompareUnreadable();
                _literal.ResetWrittenCount();
                _mode = JsonMachineMode.Literal;
                return 0;
            default:
                throw Fault(PayloadFault.MalformedJson);
        }
    }

    private void CheckPair(bool isPair)
    {
        if (isPair)
        {
            throw Fault(PayloadFault.HiddenKey);
        }
    }

    private void Open(bool isObject, IBufferWriter<byte> output)
    {
        if (_frames.Depth == Limits.MaxDepth)
        {
            throw Fault(PayloadFault.TooDeep);
        }

        CompareUnreadable();
        _frames.Open(isObject, _node);
        _node = null;
        _mode = isObject ? JsonMachineMode.FirstName : JsonMachineMode.FirstElement;
        Emit(isObject ? "{"u8 : "["u8, output);
    }

    private void Close(IBufferWriter<byte> output)
    {
        ref var frame = ref _frames.Inner;
        if (!IsSkipping && frame.Node is { } node && !_state.Injected)
        {
            frame.Inject(node, _state, _offset, output);
        }

        CheckPair(!IsSkipping && frame.IsPair);
        Emit(frame.IsObject ? "}"u8 : "]"u8, output);
        _frames.Close();
        EndValue();
    }

    private void BeginText(JsonTextUse use)
    {
        _text.Begin(use, _node, _kept);
        _mode = JsonMachineMode.Text;
    }

    private int ReadText(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var taken = _text.Read(input, _offset, output, out var isClosed);
        if (isClosed)
        {
            EndText(output);
        }

        return taken;
    }

    private void EndText(IBufferWriter<byte> output)
    {
        switch (_text.Use)
        {
            case JsonTextUse.Name:
                EndName(output);
                return;
            case JsonTextUse.DroppedName:
                _mode = JsonMachineMode.Colon;
                return;
            case JsonTextUse.Compared:
                _text.EndCompared(_key, _offset);
                break;
            default:
                _text.EndValue(_offset, output);
                if (_frames.MayHoldKeyName && _text.IsKeyName())
                {
                    CheckPair(_frames.SeeKeyName());
                }

                break;
        }

        EndValue();
    }

    private void EndName(IBufferWriter<byte> output)
    {
        ref var frame = ref _frames.Inner;
        var name = _text.EndName(out var escaped);
        _mode = JsonMachineMode.Colon;
        _key = _state.Plan.Keys.Find(name);
        if (_key != NoKey)
        {
            _state.CountReplaced();
            _skipDepth = _frames.Depth;
            return;
        }

        if (_state.Plan.Kept is { } kept && frame.IsMetadata(name) && !IsKept(ref frame, kept.Find(name)))
        {
            return;
        }

        if (!frame.TryEnter(name, _state.Plan.Kept is not null, out _node))
        {
            throw Fault(PayloadFault.AmbiguousTarget);
        }

        frame.Role = PairNames.RoleOf(name);
        frame.WriteComma(output);
        output.Write("\""u8);
        output.Write(escaped);
        output.Write("\":"u8);
    }

    private bool IsKept(ref JsonFrame frame, int index)
    {
        if (index < 0)
        {
            _state.CountReplaced();
            _skipDepth = _frames.Depth;
            return false;
        }

        _kept = frame.TryKeep(index) ? _state.Plan.Kept![index] : throw Fault(PayloadFault.DuplicateMember);
        return true;
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
        if (_literal.WrittenCount + length > Limits.MaxHeldBytes)
        {
            throw Fault(PayloadFault.TooLarge);
        }

        _literal.Write(input[..length]);
        return length;
    }

    private void EndLiteral(IBufferWriter<byte> output)
    {
        if (!JsonLiteral.IsValid(_literal.WrittenSpan))
        {
            throw Fault(PayloadFault.MalformedJson);
        }

        if (_kept is not null)
        {
            KeptText.Check(_kept, _literal.WrittenSpan, _offset);
        }

        Emit(_literal.WrittenSpan, output);
        EndValue();
    }

    private void EndValue()
    {
        if (_skipDepth == _frames.Depth)
        {
            _skipDepth = NotSkipping;
        }

        _key = NoKey;
        _kept = null;
        _node = null;
        _mode = _frames.Depth == 0 ? JsonMachineMode.Done : JsonMachineMode.CommaOrEnd;
    }

    private void CompareUnreadable()
    {
        if (_key != NoKey)
        {
            _state.Compare(_key, [], isReadable: false, _offset);
            _key = NoKey;
        }
    }

    private void Emit(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (!IsSkipping)
        {
            output.Write(bytes);
        }
    }
}
