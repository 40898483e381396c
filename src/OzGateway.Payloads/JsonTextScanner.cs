namespace OzGateway.Payloads;

/// <summary>
/// Validates the content of one JSON string that arrives in slices: UTF-8, escapes, surrogate pairs, no control characters. Stops behind the closing quote.
/// </summary>
internal struct JsonTextScanner
{
    private const int NoEscape = 0;
    private const int AfterBackslash = 1;
    private const int LastHexDigit = 5;

    private Utf8Check _utf8;
    private int _escape;
    private int _unit;
    private bool _wantsLowSurrogate;

    /// <summary>Whether a whole character was read: no escape, pair or UTF-8 sequence is open.</summary>
    public readonly bool IsBetweenCharacters => _escape == NoEscape && !_wantsLowSurrogate && _utf8.IsComplete;

    /// <summary>The last whole character, when the content was scanned byte by byte.</summary>
    public int LastCharacter { get; private set; }

    /// <summary>Scans a slice.</summary>
    /// <param name="slice">The next bytes.</param>
    /// <param name="offset">Where the slice starts, for faults.</param>
    /// <param name="isClosed">Whether the closing quote was reached.</param>
    /// <returns>How many bytes belong to the string, the closing quote included.</returns>
    public int Scan(ReadOnlySpan<byte> slice, long offset, out bool isClosed)
    {
        isClosed = false;
        var i = 0;
        while (i < slice.Length)
        {
            if (_escape != NoEscape)
            {
                ReadEscape(slice[i], offset + i);
                i++;
                continue;
            }

            var plain = slice[i..].IndexOfAny(JsonText.Special);
            plain = plain < 0 ? slice.Length - i : plain;
            ReadPlain(slice.Slice(i, plain), offset + i);
            i += plain;
            if (i < slice.Length && ReadSpecial(slice[i], offset + i))
            {
                isClosed = true;
                return i + 1;
            }

            i++;
        }

        return slice.Length;
    }

    private void ReadPlain(ReadOnlySpan<byte> plain, long offset)
    {
        if (plain.IsEmpty)
        {
            return;
        }

        if (_wantsLowSurrogate || !(plain.Length == 1 ? _utf8.AcceptByte(plain[0]) : _utf8.Accept(plain)))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }

        LastCharacter = _utf8.LastCodePoint;
    }

    private bool ReadSpecial(byte b, long offset)
    {
        if (!_utf8.IsComplete || (_wantsLowSurrogate && b != '\\'))
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }

        if (b == '"')
        {
            return true;
        }

        _escape = b == '\\' ? AfterBackslash : throw new PayloadException(PayloadFault.MalformedJson, offset);
        return false;
    }

    private void ReadEscape(byte b, long offset)
    {
        if (_escape == AfterBackslash)
        {
            ReadEscapeKind(b, offset);
            return;
        }

        if (!char.IsAsciiHexDigit((char)b))
        {
            throw new PayloadException(PayloadFault.MalformedJson, offset);
        }

        _unit = (_unit << 4) | JsonText.HexValue(b);
        if (_escape++ < LastHexDigit)
        {
            return;
        }

        _escape = NoEscape;
        if (char.IsLowSurrogate((char)_unit) != _wantsLowSurrogate)
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }

        _wantsLowSurrogate = char.IsHighSurrogate((char)_unit);
        LastCharacter = _unit;
    }

    private void ReadEscapeKind(byte b, long offset)
    {
        if (b == 'u')
        {
            _unit = 0;
            _escape++;
            return;
        }

        if (_wantsLowSurrogate)
        {
            throw new PayloadException(PayloadFault.InvalidUtf8, offset);
        }

        LastCharacter = b switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => b,
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => throw new PayloadException(PayloadFault.MalformedJson, offset),
        };
        _escape = NoEscape;
    }
}
