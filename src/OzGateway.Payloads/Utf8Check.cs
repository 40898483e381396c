using System.Text.Unicode;

namespace OzGateway.Payloads;

/// <summary>Validates UTF-8 that arrives in slices. Forbids overlong forms, surrogates and code points beyond U+10FFFF.</summary>
internal struct Utf8Check
{
    private int _missing;
    private int _codePoint;
    private byte _low;
    private byte _high;

    /// <summary>Whether no character is cut off.</summary>
    public readonly bool IsComplete => _missing == 0;

    /// <summary>The last whole character, when bytes were accepted one by one.</summary>
    public readonly int LastCodePoint => _codePoint;

    /// <summary>Takes the next slice; false when it cannot be UTF-8.</summary>
    public bool Accept(ReadOnlySpan<byte> slice)
    {
        var i = 0;
        while (i < slice.Length && _missing > 0)
        {
            if (!AcceptByte(slice[i++]))
            {
                return false;
            }
        }

        slice = slice[i..];
        var whole = slice.Length - CutOffLength(slice);
        if (!Utf8.IsValid(slice[..whole]))
        {
            return false;
        }

        foreach (var b in slice[whole..])
        {
            if (!AcceptByte(b))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes one byte; false when it cannot stand here.</summary>
    public bool AcceptByte(byte b)
    {
        if (_missing > 0)
        {
            if (b < _low || b > _high)
            {
                return false;
            }

            _codePoint = (_codePoint << 6) | (b & 0x3F);
            (_low, _high) = (0x80, 0xBF);
            _missing--;
            return true;
        }

        (_low, _high) = b switch
        {
            0xE0 => ((byte)0xA0, (byte)0xBF),
            0xED => ((byte)0x80, (byte)0x9F),
            0xF0 => ((byte)0x90, (byte)0xBF),
            0xF4 => ((byte)0x80, (byte)0x8F),
            _ => ((byte)0x80, (byte)0xBF),
        };
        _missing = Continuations(b);
        _codePoint = _missing switch { 0 => b, 1 => b & 0x1F, 2 => b & 0x0F, _ => b & 0x07 };
        return _missing >= 0;
    }

    private static int Continuations(byte b) => b switch
    {
        < 0x80 => 0,
        >= 0xC2 and <= 0xDF => 1,
        >= 0xE0 and <= 0xEF => 2,
        >= 0xF0 and <= 0xF4 => 3,
        _ => -1,
    };

    /// <summary>How many bytes at the end begin a character that the slice does not finish.</summary>
    public static int CutOffLength(ReadOnlySpan<byte> slice)
    {
        for (var back = 1; back <= 3 && back <= slice.Length; back++)
        {
            var b = slice[^back];
            if ((b & 0xC0) != 0x80)
            {
                return Continuations(b) >= back ? back : 0;
            }
        }

        return 0;
    }
}
