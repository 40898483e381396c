using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OzGateway.Payloads;

/// <summary>A text that is as a whole the base64 of another text: plain, for URLs, broken into lines, or in a <c>data:</c> URL. Media are none.</summary>
internal static class Base64Text
{
    private const int ShortestLength = 8;

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("+-/0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz \t\r\n"u8);

    /// <summary>Whether the bytes read as text: valid UTF-8, and no control characters but white space. NUL is looked through, for UTF-16 is full of it.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        var whole = bytes.Length - Utf8Check.CutOffLength(bytes);
        var visible = 0;
        foreach (var b in bytes)
        {
            if ((b < ' ' && b is not (0 or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')) || b == 0x7F)
            {
                return false;
            }

            visible += b > ' ' ? 1 : 0;
        }

        return visible > 0 && (Utf8.IsValid(bytes[..whole]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]));
    }

    /// <summary>What stands behind the head of a <c>data:</c> URL, or the text itself.</summary>
    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim(" \t\r\n"u8);
        if (trimmed.Length < 5 || !Ascii.EqualsIgnoreCase(trimmed[..5], "data:"u8))
        {
            return trimmed;
        }

        var comma = trimmed.IndexOf((byte)',');
        return comma < 0 ? trimmed : trimmed[(comma + 1)..];
    }

    /// <summary>Decodes a text that is the base64 of a text.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> decoded)
    {
        decoded = default;
        var payload = Payload(text);
        if (payload.Length < ShortestLength || payload.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        var carry = 0;
        var bytes = Decode(payload, new byte[payload.Length + 4], ref carry, isEnd: true);
        decoded = bytes;
        return LooksLikeText(bytes);
    }

    /// <summary>Decodes what arrives in pieces.</summary>
    /// <param name="piece">The next characters; those that are none of base64 are passed over.</param>
    /// <param name="target">Takes the bytes; at least as long as the piece and four more.</param>
    /// <param name="carry">What the pieces before left over: six bits each, and a mark above them.</param>
    /// <param name="isEnd">Whether the text ends here.</param>
    public static ReadOnlySpan<byte> Decode(scoped ReadOnlySpan<byte> piece, byte[] target, scoped ref int carry, bool isEnd)
    {
        var written = 0;
        var bits = carry == 0 ? 1 : carry;
        foreach (var c in piece)
        {
            var value = ValueOf(c);
            if (value < 0)
            {
                continue;
            }

            bits = (bits << 6) | value;
            if ((bits & 0x1000000) != 0)
            {
                target[written++] = (byte)(bits >> 16);
                target[written++] = (byte)(bits >> 8);
                target[written++] = (byte)bits;
                bits = 1;
            }
        }

        if (isEnd && (bits & 0x40000) != 0)
        {
            target[written++] = (byte)(bits >> 10);
            target[written++] = (byte)(bits >> 2);
        }
        else if (isEnd && (bits & 0x1000) != 0)
        {
            target[written++] = (byte)(bits >> 4);
        }

        carry = bits;
        return target.AsSpan(0, written);
    }

    private static int ValueOf(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
