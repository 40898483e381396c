namespace OzGateway.Payloads;

/// <summary>The inside of one string, a name or a text, resumable at every byte. What is taken is handed on unescaped.</summary>
internal sealed class JsonStringReader(IJsonConsumer consumer, int level)
{
    private const int MaxNameBytes = 1024;
    private const int Backslash = 1;
    private const int FirstDigit = 2;
    private const int LastDigit = 5;

    private readonly byte[] _name = new byte[MaxNameBytes];
    private int _nameLength;
    private Utf8Check _utf8;
    private int _escape;
    private int _unit;
    private int _high;
    private bool _isTaken;
    private long _start;

    /// <summary>Whether this is the name of a member.</summary>
    public bool IsName { get; private set; }

    /// <summary>Whether the closing quote has been read.</summary>
    public bool IsOver { get; private set; } = true;

    public void Reset() => (_utf8, _escape, _high, IsOver) = (default, 0, 0, true);

    public void BeginName(bool isTaken, long offset) => Begin(isName: true, isTaken, offset);

    public void BeginText(bool isTaken, long offset) => Begin(isName: false, isTaken, offset);

    /// <summary>Reads on from <paramref name="i"/>; the offset is that of the slice.</summary>
    /// <returns>Behind the closing quote, or the end of the slice.</returns>
    public int Read(ReadOnlySpan<byte> slice, int i, long offset)
    {
        while (i < slice.Length)
        {
            if (_escape > 0)
            {
                ReadEscape(slice[i], offset + i);
                i++;
                continue;
            }

            var end = i + PlainLength(slice[i..], offset + i);
            if (end > i)
            {
                if (_high != 0)
                {
                    throw new PayloadException(PayloadFault.InvalidUtf8, offset + i);
                }

                Take(slice[i..end]);
            }

            if (end == slice.Length)
            {
                return end;
            }

            i = end + 1;
            if (slice[end] == '\\')
            {
                _escape = Backslash;
            }
            else if (slice[end] == '"')
            {
                End(offset + end);
                return i;
            }
            else
            {
                throw new PayloadException(PayloadFault.MalformedJson, offset + end);
            }
        }

        return i;
    }

    private void Begin(bool isName, bool isTaken, long offset)
    {
        (IsName, IsOver, _isTaken, _nameLength, _start) = (isName, false, isTaken, 0, offset);
    }

    private int PlainLength(ReadOnlySpan<byte> rest, long offset)
    {
        var plain = _utf8.IsComplete ? JsonScan.PlainLength(rest) : 0;
        if (plain == rest.Length || (_utf8.IsComplete && rest[plain] < 0x80))
        {
            return plain;
        }

        var other = JsonScan.TextLength(rest[plain..]);
        if (!_utf8.Accept(rest.Slice(plain, other)) || (plain + other < rest.Length && !_utf8.IsComplete))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset + plain);
        }

        return plain + other;
    }

    private void ReadEscape(byte b, long offset)
    {
        if (_escape == Backslash)
        {
            if (b == 'u')
            {
                (_escape, _unit) = (FirstDigit, 0);
                return;
            }

            if (_high != 0)
            {
                throw new PayloadException(PayloadFault.InvalidUtf8, offset);
            }

            _escape = 0;
            Take([Unescaped(b, offset)]);
            return;
        }

        var digit = char.IsAsciiHexDigit((char)b) ? JsonText.HexValue(b) : throw new PayloadException(PayloadFault.MalformedJson, offset);
        _unit = (_unit << 4) | digit;
        _escape = _escape == LastDigit ? 0 : _escape + 1;
        if (_escape == 0)
        {
            TakeUnit(offset);
        }
    }

    private void TakeUnit(long offset)
    {
        var unit = (char)_unit;
        if (_high != 0 ? !char.IsLowSurrogate(unit) : char.IsLowSurrogate(unit))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }

        if (char.IsHighSurrogate(unit))
        {
            _high = unit;
            return;
        }

        var rune = _high == 0 ? new System.Text.Rune(unit) : new System.Text.Rune((char)_high, unit);
        _high = 0;
        Span<byte> encoded = stackalloc byte[4];
        Take(encoded[..rune.EncodeToUtf8(encoded)]);
    }

    private void Take(ReadOnlySpan<byte> piece)
    {
        if (!_isTaken)
        {
            return;
        }

        if (!IsName)
        {
            consumer.Text(level, piece);
            return;
        }

        var fits = piece.Length <= MaxNameBytes - _nameLength;
        if (fits)
        {
            piece.CopyTo(_name.AsSpan(_nameLength));
        }

        // Too long to be anybody's name: from here on nothing fits.
        _nameLength = fits ? _nameLength + piece.Length : MaxNameBytes + 1;
    }

    private void End(long offset)
    {
        if (_high != 0)
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }

        IsOver = true;
        if (!_isTaken)
        {
            return;
        }

        if (IsName)
        {
            var isWhole = _nameLength <= MaxNameBytes;
            consumer.Name(level, isWhole ? _name.AsSpan(0, _nameLength) : [], isWhole, _start);
        }
        else
        {
            consumer.EndText(level, _start);
        }
    }

    private static byte Unescaped(byte b, long offset) => b switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => b,
        (byte)'b' => 0x08,
        (byte)'f' => 0x0C,
        (byte)'n' => 0x0A,
        (byte)'r' => 0x0D,
        (byte)'t' => 0x09,
        _ => throw new PayloadException(PayloadFault.MalformedJson, offset),
    };
}
