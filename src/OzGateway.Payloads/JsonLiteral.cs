using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>JSON numbers, <c>true</c>, <c>false</c> and <c>null</c>.</summary>
internal static class JsonLiteral
{
    /// <summary>Every byte that can stand in one; the first other byte ends it.</summary>
    public static SearchValues<byte> Characters { get; } = SearchValues.Create("+-.0123456789Eabcdefghijklmnopqrstuvwxyz"u8);

    public static bool IsValid(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("null"u8) || IsNumber(text);

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("-"u8) ? text[1..] : text;
        if (text.StartsWith("0"u8))
        {
            text = text[1..];
        }
        else if (!SkipDigits(ref text))
        {
            return false;
        }

        if (text.StartsWith("."u8))
        {
            text = text[1..];
            if (!SkipDigits(ref text))
            {
                return false;
            }
        }

        if (text.StartsWith("e"u8) || text.StartsWith("E"u8))
        {
            text = text[1..];
            text = text.StartsWith("+"u8) || text.StartsWith("-"u8) ? text[1..] : text;
            return SkipDigits(ref text) && text.IsEmpty;
        }

        return text.IsEmpty;
    }

    private static bool SkipDigits(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var length = end < 0 ? text.Length : end;
        text = text[length..];
        return length > 0;
    }
}
