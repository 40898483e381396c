using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>JSON string content: escaping and unescaping. What is unescaped here was validated before by <see cref="JsonTextScanner"/>.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(static i => (byte)i), (byte)'"', (byte)'\\']);

    /// <summary>Bytes that end a run of plain content: quote, backslash, control characters.</summary>
    public static SearchValues<byte> Special => Escaped;

    public static bool IsWhiteSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    public static bool TryReadHex(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            value = (value << 4) | HexValue(digit);
        }

        return true;
    }

    public static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Writes UTF-8 text as a JSON string, quotes included, with the fewest escapes.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Escaped);
            if (plain < 0)
            {
                output.Write(text);
                break;
            }

            output.Write(text[..plain]);
            WriteEscape(text[plain], output);
            text = text[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    /// <summary>Undoes the escapes of validated content. The target needs no more bytes than the content has.</summary>
    public static int Unescape(ReadOnlySpan<byte> content, Span<byte> target)
    {
        var written = 0;
        while (!content.IsEmpty)
        {
            var plain = content.IndexOf((byte)'\\');
            plain = plain < 0 ? content.Length : plain;
            content[..plain].CopyTo(target[written..]);
            written += plain;
            content = content[plain..];
            if (!content.IsEmpty)
            {
                written += UnescapeOne(ref content, target[written..]);
            }
        }

        return written;
    }

    private static int UnescapeOne(ref ReadOnlySpan<byte> content, Span<byte> target)
    {
        var kind = content[1];
        if (kind != 'u')
        {
            target[0] = kind switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                _ => kind,
            };
            content = content[2..];
            return 1;
        }

        TryReadHex(content.Slice(2, 4), out var unit);
        content = content[6..];
        if (!char.IsHighSurrogate((char)unit))
        {
            return new Rune(unit).EncodeToUtf8(target);
        }

        TryReadHex(content.Slice(2, 4), out var low);
        content = content[6..];
        return new Rune((char)unit, (char)low).EncodeToUtf8(target);
    }

    private static void WriteEscape(byte b, IBufferWriter<byte> output)
    {
        switch (b)
        {
            case (byte)'"': output.Write("\\\""u8); break;
            case (byte)'\\': output.Write("\\\\"u8); break;
            case (byte)'\n': output.Write("\\n"u8); break;
            case (byte)'\r': output.Write("\\r"u8); break;
            case (byte)'\t': output.Write("\\t"u8); break;
            default:
                output.Write("\\u00"u8);
                output.Write([HexDigit(b >> 4), HexDigit(b & 15)]);
                break;
        }
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
