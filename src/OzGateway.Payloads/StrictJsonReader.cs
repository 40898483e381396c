namespace OzGateway.Payloads;

/// <summary>
/// The one canonical reading of a JSON document, resumable at every byte: UTF-8 throughout, no byte order mark, no lone surrogate escape,
/// no comment, no trailing comma, bounded length and depth, nothing behind the root. It holds no byte of the document but the name it is in.
/// </summary>
internal sealed class StrictJsonReader(IJsonConsumer consumer, PayloadLimits limits, int level = 0)
{
    private readonly JsonNesting _nesting = new(limits.MaxDepth);
    private readonly JsonStringReader _text = new(consumer, level);

    private JsonStep _step;
    private JsonNumber _number;
    private byte[] _literal = [];
    private int _literalRead;
    private int _skipFrom = -1;
    private long _read;

    /// <summary>Bytes read so far.</summary>
    public long Length => _read;

    /// <summary>Begins a new document.</summary>
    public void Reset()
    {
        _nesting.Clear();
        _text.Reset();
        (_step, _skipFrom, _read) = (JsonStep.Value, -1, 0);
    }

    /// <summary>Reads on.</summary>
    /// <exception cref="PayloadException">The bytes so far cannot begin a document.</exception>
    public void Read(ReadOnlySpan<byte> slice)
    {
        if (slice.Length > limits.MaxDocumentBytes - _read)
        {
            throw new PayloadException(PayloadFault.TooLarge, limits.MaxDocumentBytes);
        }

        var i = 0;
        while (i < slice.Length)
        {
            i = _step switch
            {
                JsonStep.Text => ReadText(slice, i),
                JsonStep.Number => ReadNumber(slice, i),
                JsonStep.Literal => ReadLiteral(slice, i),
                _ when _skipFrom >= 0 => Skip(slice, i),
                _ => ReadStructure(slice, i),
            };
        }

        _read += slice.Length;
    }

    /// <summary>The document has no more bytes.</summary>
    /// <exception cref="PayloadException">It is not whole.</exception>
    public void Complete()
    {
        if (_step == JsonStep.Number && _nesting.Depth == 0 && _number.IsWhole)
        {
            EndValue();
        }

        if (_step != JsonStep.Done)
        {
            throw new PayloadException(PayloadFault.Truncated, _read);
        }
    }

    private int ReadStructure(ReadOnlySpan<byte> slice, int i)
    {
        var b = slice[i];
        if (JsonScan.IsWhiteSpace(b))
        {
            return i + JsonScan.WhiteSpaceLength(slice[i..]);
        }

        switch (_step)
        {
            case JsonStep.Value:
            case JsonStep.FirstElement when b != ']':
                return BeginValue(slice, i);
            case JsonStep.FirstName or JsonStep.Name when b == '"':
                _text.BeginName(isTaken: _skipFrom < 0, _read + i);
                _step = JsonStep.Text;
                return i + 1;
            case JsonStep.Colon when b == ':':
                _step = JsonStep.Value;
                return i + 1;
            case JsonStep.After when b == ',':
                _step = _nesting.IsArray ? JsonStep.Value : JsonStep.Name;
                return i + 1;
            case JsonStep.FirstElement:
            case JsonStep.FirstName when b == '}':
            case JsonStep.After when b == (_nesting.IsArray ? ']' : '}'):
                Close();
                return i + 1;
            case JsonStep.Done:
                throw Fault(PayloadFault.SurplusBytes, i);
            default:
                throw Fault(PayloadFault.MalformedJson, i);
        }
    }

    private int BeginValue(ReadOnlySpan<byte> slice, int i)
    {
        var b = slice[i];
        var kind = b switch { (byte)'{' => JsonKind.Object, (byte)'[' => JsonKind.Array, (byte)'"' => JsonKind.String, _ => JsonKind.Other };
        if (kind == JsonKind.Other)
        {
            BeginScalar(b, i);
            Ask(kind, i);
            return i;
        }

        if (kind != JsonKind.String && !_nesting.TryOpen(kind == JsonKind.Array))
        {
            throw Fault(PayloadFault.TooDeep, i);
        }

        var take = Ask(kind, i);
        if (kind == JsonKind.String)
        {
            _text.BeginText(take == JsonTake.Text, _read + i);
            _step = JsonStep.Text;
            return i + 1;
        }

        if (_skipFrom < 0 && take == JsonTake.Skip)
        {
            _skipFrom = _nesting.Depth - 1;
        }

        _step = kind == JsonKind.Array ? JsonStep.FirstElement : JsonStep.FirstName;
        return i + 1;
    }

    private JsonTake Ask(JsonKind kind, int i) => _skipFrom < 0 ? consumer.Begin(level, kind, _read + i) : JsonTake.Skip;

    private void BeginScalar(byte b, int i)
    {
        (_step, _literalRead, _number) = (JsonStep.Literal, 0, default);
        switch (b)
        {
            case (byte)'t': _literal = JsonWords.True; break;
            case (byte)'f': _literal = JsonWords.False; break;
            case (byte)'n': _literal = JsonWords.Null; break;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): _step = JsonStep.Number; break;
            default: throw Fault(PayloadFault.MalformedJson, i);
        }
    }

    private int ReadNumber(ReadOnlySpan<byte> slice, int i)
    {
        while (i < slice.Length)
        {
            if (!_number.Accept(slice[i]))
            {
                if (!_number.IsWhole)
                {
                    throw Fault(PayloadFault.MalformedJson, i);
                }

                EndValue();
                return i;
            }

            i++;
        }

        return i;
    }

    private int ReadLiteral(ReadOnlySpan<byte> slice, int i)
    {
        for (; i < slice.Length && _literalRead < _literal.Length; i++)
        {
            if (slice[i] != _literal[_literalRead++])
            {
                throw Fault(PayloadFault.MalformedJson, i);
            }
        }

        if (_literalRead == _literal.Length)
        {
            EndValue();
        }

        return i;
    }

    private int ReadText(ReadOnlySpan<byte> slice, int i)
    {
        var end = _text.Read(slice, i, _read);
        if (_text.IsOver)
        {
            if (_text.IsName)
            {
                _step = JsonStep.Colon;
            }
            else
            {
                EndValue();
            }
        }

        return end;
    }

    /// <summary>Skips as far as whole and plain tokens go; what is cut off, escaped or not ASCII is left to the byte-wise steps.</summary>
    private int Skip(ReadOnlySpan<byte> slice, int i)
    {
        var before = i;
        i = JsonSkip.Run(slice, i, ref _step, (_nesting, _skipFrom));
        if (_nesting.Depth == _skipFrom)
        {
            _skipFrom = -1;
            EndValue();
            return i;
        }

        return i > before ? i : ReadStructure(slice, i);
    }

    private void Close()
    {
        _nesting.Close();
        if (_skipFrom < 0)
        {
            consumer.End(level);
        }
        else if (_nesting.Depth == _skipFrom)
        {
            _skipFrom = -1;
        }

        EndValue();
    }

    private void EndValue() => _step = _nesting.Depth == 0 ? JsonStep.Done : JsonStep.After;

    private PayloadException Fault(PayloadFault fault, int i) => new(fault, _read + i);
}
