using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OzGateway.Payloads;

/// <summary>How far a run of bytes of one sort goes, many bytes at a time.</summary>
internal static class JsonScan
{
    private const byte FirstPrintable = 0x20;

    /// <summary>Length of the plain text at the start: printable ASCII, no quote, no backslash.</summary>
    public static int PlainLength(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nuint position = 0;
        var length = (nuint)text.Length;
        for (; length - position >= (nuint)Vector256<byte>.Count; position += (nuint)Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref start, position);
            // Compared as signed: what is not ASCII is less than a space as well.
            var special = Vector256.Equals(bytes, Vector256.Create((byte)'"'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)FirstPrintable)).AsByte();
            if (special.ExtractMostSignificantBits() is var found and not 0)
            {
                return (int)position + BitOperations.TrailingZeroCount(found);
            }
        }

        while (position < length && IsPlain(text[(int)position]))
        {
            position++;
        }

        return (int)position;
    }

    /// <summary>Length of the text at the start, ASCII or not: no control character, no quote, no backslash.</summary>
    public static int TextLength(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        nuint position = 0;
        var length = (nuint)text.Length;
        for (; length - position >= (nuint)Vector256<byte>.Count; position += (nuint)Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref start, position);
            var special = Vector256.Equals(bytes, Vector256.Create((byte)'"'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
                | Vector256.LessThan(bytes, Vector256.Create(FirstPrintable));
            if (special.ExtractMostSignificantBits() is var found and not 0)
            {
                return (int)position + BitOperations.TrailingZeroCount(found);
            }
        }

        while (position < length && text[(int)position] is >= FirstPrintable and not (byte)'"' and not (byte)'\\')
        {
            position++;
        }

        return (int)position;
    }

    /// <summary>Length of the white space at the start.</summary>
    public static int WhiteSpaceLength(ReadOnlySpan<byte> text)
    {
        var position = 0;
        // A run of white space is a line break and its indent: spaces come by the dozen.
        while (text.Length - position >= Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)position);
            var white = Vector128.Equals(bytes, Vector128.Create((byte)' ')) | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\r')) | Vector128.Equals(bytes, Vector128.Create((byte)'\t'));
            var other = ~white.ExtractMostSignificantBits() & 0xFFFF;
            if (other != 0)
            {
                return position + BitOperations.TrailingZeroCount(other);
            }

            position += Vector128<byte>.Count;
        }

        while (position < text.Length && IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Length of the number at the start, or -1 when none stands there or it may go on beyond the end.</summary>
    public static int NumberLength(ReadOnlySpan<byte> text)
    {
        var end = text[0] == '-' ? 1 : 0;
        if (!TryDigits(text, ref end, 0)
            || ((uint)end < (uint)text.Length && text[end] == '.' && !TryDigits(text, ref end, 1)))
        {
            return -1;
        }

        if ((uint)end < (uint)text.Length && (text[end] | 0x20) == 'e')
        {
            var sign = end + 1 < text.Length && text[end + 1] is (byte)'+' or (byte)'-' ? 2 : 1;
            if (!TryDigits(text, ref end, sign))
            {
                return -1;
            }
        }

        return end < text.Length ? end : -1;
    }

    public static bool IsWhiteSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>Passes over so many bytes and then over digits, of which there must be one.</summary>
    private static bool TryDigits(ReadOnlySpan<byte> text, ref int end, int over)
    {
        var start = end += over;
        while ((uint)end < (uint)text.Length && (uint)(text[end] - '0') <= 9)
        {
            end++;
        }

        // The whole part alone comes without anything before it, and then a zero stands alone.
        return end > start && (over > 0 || text[start] != '0' || end == start + 1);
    }

    private static bool IsPlain(byte b) => b is >= FirstPrintable and < 0x80 and not (byte)'"' and not (byte)'\\';
}
