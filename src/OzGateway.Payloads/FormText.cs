using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Percent coding of forms: decoded strictly, encoded in one way.</summary>
internal static class FormText
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("*-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Decodes a name or value. The target needs no more bytes than the text has.</summary>
    /// <returns>False for a bad escape or a byte that must not stand in a form; what stood before it was written.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> target, out int written)
    {
        written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b is <= (byte)' ' or 0x7F)
            {
                return false;
            }

            if (b == '%')
            {
                if (i + 2 >= text.Length || !JsonText.TryReadHex(text.Slice(i + 1, 2), out var value))
                {
                    return false;
                }

                b = (byte)value;
                i += 2;
            }
            else if (b == '+')
            {
                b = (byte)' ';
            }

            target[written++] = b;
        }

        return true;
    }

    public static void Encode(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            plain = plain < 0 ? text.Length : plain;
            output.Write(text[..plain]);
            text = text[plain..];
            if (!text.IsEmpty)
            {
                EncodeOne(text[0], output);
                text = text[1..];
            }
        }
    }

    private static void EncodeOne(byte b, IBufferWriter<byte> output)
    {
        if (b == ' ')
        {
            output.Write("+"u8);
            return;
        }

        output.Write([(byte)'%', HexDigit(b >> 4), HexDigit(b & 15)]);
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
