using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// Whether a name inside a text is given a value there: some reader finds one in <c>key=x</c>, <c>"key" : x</c>, <c>[key]=x</c>, <c>&lt;key&gt;x&lt;/key&gt;</c>,
/// <c>s:3:"key";s:1:"x"</c>, <c>['key', 'x']</c> or <c>name="key" value="x"</c>. A name that is only mentioned is given none.
/// </summary>
internal static class Assignment
{
    /// <summary>What may stand between a name and its sign. More is taken for an assignment: it is no prose either.</summary>
    public const int MaxGap = 64;

    private static ReadOnlySpan<byte> Blank => " \t\r\n\f\v\0\"'`\\"u8;

    /// <summary>Judges the name at a place.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="text">The text, one layer of it.</param>
    /// <param name="name">Where the name stands.</param>
    /// <param name="isPiece">Whether the text goes on elsewhere.</param>
    public static bool IsGiven(KeyNames keys, ReadOnlySpan<byte> text, Range name, bool isPiece)
    {
        var before = text[..name.Start];
        var after = text[name.End..];
        var gap = GapLength(after);
        if (gap < 0)
        {
            return true;
        }

        var rest = after[gap..];
        return IsSign(rest, out var sign) ? !rest[sign..].Trim(Blank).IsEmpty
            : IsSerialized(after[..gap], rest) || IsListed(keys, before, rest) || IsElement(before, after, isPiece) || IsNamed(text, before, after, isPiece);
    }

    private static bool IsSign(ReadOnlySpan<byte> rest, out int length)
    {
        length = 1;
        if (rest.IsEmpty || rest[0] is (byte)'=' or (byte)':')
        {
            return !rest.IsEmpty;
        }

        return Rune.DecodeFromUtf8(rest, out var rune, out length) == OperationStatus.Done && rune.IsBmp && KeyNames.Fold((char)rune.Value) is '=' or ':';
    }

    /// <summary>How many bytes are closing quotes and brackets, blanks, indices and comments; negative when they are too many.</summary>
    private static int GapLength(ReadOnlySpan<byte> after)
    {
        var length = 0;
        while (length < after.Length)
        {
            var step = StepLength(after[length..]);
            if (step == 0)
            {
                return length;
            }

            length += step;
            if (length > MaxGap)
            {
                return -1;
            }
        }

        return length;
    }

    private static int StepLength(ReadOnlySpan<byte> text) => text[0] switch
    {
        <= (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'\\' or (byte)')' or (byte)']' or (byte)'}' or (byte)'>' or (byte)'+' or 0x7F => 1,
        (byte)'[' => text[..Math.Min(text.Length, MaxGap)].IndexOf((byte)']') + 1,
        (byte)'/' when text.StartsWith("/*"u8) => EndOf(text, "*/"u8),
        (byte)'/' when text.StartsWith("//"u8) => EndOf(text, "\n"u8),
        < 0x80 => 0,
        _ => Rune.DecodeFromUtf8(text, out var rune, out var length) == OperationStatus.Done && rune.IsBmp && IsPassedOver((char)rune.Value) ? length : 0,
    };

    private static bool IsPassedOver(char c) => KeyNames.IsInvisible(c) || c is '\u2019' or '\u201d' or '\u00bb';

    private static int EndOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end)
    {
        var at = text[2..].IndexOf(end);
        return at < 0 ? 0 : 2 + at + end.Length;
    }

    /// <summary>As PHP writes values: <c>"key";s:1:"x"</c>.</summary>
    private static bool IsSerialized(ReadOnlySpan<byte> gap, ReadOnlySpan<byte> rest) =>
        gap.Contains((byte)'"') && rest.Length > 2 && rest[0] == ';' && char.IsAsciiLetter((char)rest[1]) && rest[2] is (byte)':' or (byte)';';

    /// <summary>A list or a call of exactly two: <c>['key', 'x']</c>, <c>set("key", "x")</c>.</summary>
    private static bool IsListed(KeyNames keys, ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest)
    {
        var opening = before.TrimEnd(Blank);
        if (rest.IsEmpty || rest[0] != ',' || opening.IsEmpty || opening[^1] is not ((byte)'(' or (byte)'['))
        {
            return false;
        }

        var second = rest[1..];
        var end = second.IndexOfAny((byte)')', (byte)']');
        second = end < 0 ? second : second[..end];
        return !second.Contains((byte)',') && keys.FindBare(second) < 0;
    }

    /// <summary>An element of XML or HTML: with content, or with attributes.</summary>
    private static bool IsElement(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, bool isPiece)
    {
        var start = before.TrimEnd((byte)0);
        if (start.EndsWith(":"u8))
        {
            start = start[..(start.LastIndexOfAny((byte)'<', (byte)' ') + 1)];
        }

        if (!start.EndsWith("<"u8))
        {
            return false;
        }

        var end = after.IndexOf((byte)'>');
        return isPiece || end < 0 ? after.Contains((byte)'=') || isPiece : after[..end].Contains((byte)'=') || HasContent(after[(end + 1)..]);
    }

    private static bool HasContent(ReadOnlySpan<byte> inside)
    {
        var close = inside.IndexOf("</"u8);
        return close < 0 ? inside.IndexOf("<\0/"u8) > 0 : !inside[..close].Trim(Blank).IsEmpty;
    }

    /// <summary>It is itself the value of something like <c>name</c>, and something like <c>value</c> is there too; or content follows, as in a part or an element.</summary>
    private static bool IsNamed(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, bool isPiece)
    {
        var sign = before.TrimEnd(Blank);
        return !sign.IsEmpty && sign[^1] is (byte)'=' or (byte)':' && PairNames.RoleBefore(sign[..^1]) is PairRole.Name
            && (isPiece || HasValueMember(text) || after.IndexOf("\n\n"u8) >= 0 || after.IndexOf("\r\n\r\n"u8) >= 0 || after.IndexOf("</"u8) >= 0);
    }

    private static bool HasValueMember(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny((byte)'=', (byte)':');
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (PairNames.RoleBefore(text[..at]) is PairRole.Value)
            {
                return true;
            }
        }

        return false;
    }
}
