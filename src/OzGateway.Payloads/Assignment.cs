using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// Whether names inside a text are given a value there: some reader finds one in <c>key=x</c>, <c>"key" : x</c>, <c>[key]=x</c>, <c>&lt;key&gt;x&lt;/key&gt;</c>,
/// <c>s:3:"key";s:1:"x"</c>, <c>['key', 'x']</c> or <c>name="key" value="x"</c>. A name that is only mentioned is given none.
/// The names of a text are asked from front to back, so that what lies far behind a name is looked for once and not for each name anew.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="text">The text, one layer of it.</param>
/// <param name="isPiece">Whether the text goes on elsewhere.</param>
internal ref struct Assignment(KeyNames keys, ReadOnlySpan<byte> text, bool isPiece)
{
    /// <summary>What may stand between a name and its sign. More is taken for an assignment: it is no prose either.</summary>
    public const int MaxGap = 64;

    private static readonly SearchValues<byte> NoContent = SearchValues.Create(Blank);

    private readonly ReadOnlySpan<byte> _text = text;
    private LastMark _opening = new(text, (byte)'<', (byte)' ');
    private NextMark _equals = new(text, "="u8);
    private NextMark _bracket = new(text, ">"u8);
    private NextMark _close = new(text, "</"u8);
    private NextMark _wideClose = new(text, "<\0/"u8);
    private FinalMark _closes = new(text, "</"u8);
    private FinalMark _comments = new(text, "*/"u8);
    private FinalMark _lines = new(text, "\n"u8);
    private FinalMark _paragraphs = new(text, "\n\n"u8);
    private FinalMark _blocks = new(text, "\r\n\r\n"u8);
    private bool? _hasValueMember;

    private static ReadOnlySpan<byte> Blank => " \t\r\n\f\v\0\"'`\\"u8;

    /// <summary>Judges the name at a place, behind those that were judged before.</summary>
    /// <param name="start">Where the name begins.</param>
    /// <param name="end">Where it ends.</param>
    public bool IsGiven(int start, int end)
    {
        var gap = GapLength(end);
        if (gap < 0)
        {
            return true;
        }

        var rest = _text[(end + gap)..];
        return IsSign(rest, out var sign) ? rest[sign..].ContainsAnyExcept(NoContent)
            : IsSerialized(_text.Slice(end, gap), rest) || IsListed(start, rest) || IsElement(start, end) || IsNamed(start, end);
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
    private int GapLength(int start)
    {
        var length = 0;
        while (start + length < _text.Length)
        {
            var step = StepLength(start + length);
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

    private int StepLength(int start)
    {
        var text = _text[start..];
        return text[0] switch
        {
            <= (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'\\' or (byte)')' or (byte)']' or (byte)'}' or (byte)'>' or (byte)'+' or 0x7F => 1,
            (byte)'[' => text[..Math.Min(text.Length, MaxGap)].IndexOf((byte)']') + 1,
            (byte)'/' when text.StartsWith("/*"u8) => CommentLength(text, "*/"u8, _comments.IsBehind(start + 2)),
            (byte)'/' when text.StartsWith("//"u8) => CommentLength(text, "\n"u8, _lines.IsBehind(start + 2)),
            < 0x80 => 0,
            _ => Rune.DecodeFromUtf8(text, out var rune, out var length) == OperationStatus.Done && rune.IsBmp && IsPassedOver((char)rune.Value) ? length : 0,
        };
    }

    private static bool IsPassedOver(char c) => KeyNames.IsInvisible(c) || c is '\u2019' or '\u201d' or '\u00bb';

    private static int CommentLength(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end, bool isClosed)
    {
        if (!isClosed)
        {
            return 0;
        }

        var at = text[2..Math.Min(text.Length, 2 + MaxGap)].IndexOf(end);
        return at < 0 ? MaxGap + 1 : 2 + at + end.Length;
    }

    /// <summary>As PHP writes values: <c>"key";s:1:"x"</c>.</summary>
    private static bool IsSerialized(ReadOnlySpan<byte> gap, ReadOnlySpan<byte> rest) =>
        gap.Contains((byte)'"') && rest.Length > 2 && rest[0] == ';' && char.IsAsciiLetter((char)rest[1]) && rest[2] is (byte)':' or (byte)';';

    /// <summary>A list or a call of exactly two: <c>['key', 'x']</c>, <c>set("key", "x")</c>.</summary>
    private readonly bool IsListed(int start, ReadOnlySpan<byte> rest)
    {
        var opening = _text[..start].TrimEnd(Blank);
        if (rest.IsEmpty || rest[0] != ',' || opening.IsEmpty || opening[^1] is not ((byte)'(' or (byte)'['))
        {
            return false;
        }

        var second = rest[1..];
        var end = second.IndexOfAny((byte)',', (byte)')', (byte)']');
        return (end < 0 || second[end] != ',') && keys.FindBare(end < 0 ? second : second[..end]) < 0;
    }

    /// <summary>An element of XML or HTML: with content, or with attributes.</summary>
    private bool IsElement(int start, int end)
    {
        var before = _text[..start].TrimEnd((byte)0);
        var opening = before.EndsWith(":"u8) ? _opening.Before(before.Length) : before.Length - 1;
        if (opening < 0 || before[opening] != '<')
        {
            return false;
        }

        var bracket = _bracket.From(end);
        return isPiece || _equals.From(end) < Math.Min(bracket, _text.Length) || (bracket < _text.Length && HasContent(bracket + 1));
    }

    private bool HasContent(int inside)
    {
        var close = _close.From(inside);
        if (close >= _text.Length)
        {
            return _wideClose.From(inside) is var wide && wide > inside && wide < _text.Length;
        }

        return _text[inside..close].ContainsAnyExcept(NoContent);
    }

    /// <summary>It is itself the value of something like <c>name</c>, and something like <c>value</c> is there too; or content follows, as in a part or an element.</summary>
    private bool IsNamed(int start, int end)
    {
        var sign = _text[..start].TrimEnd(Blank);
        return !sign.IsEmpty && sign[^1] is (byte)'=' or (byte)':' && PairNames.RoleBefore(sign[..^1]) is PairRole.Name
            && (isPiece || (_hasValueMember ??= HasValueMember(_text)) || _paragraphs.IsBehind(end) || _blocks.IsBehind(end) || _closes.IsBehind(end));
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
