using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>Escapes that readers undo in a text: <c>%74</c>, <c>\u0074</c>, <c>\x74</c>, <c>\n</c>, <c>&amp;#116;</c>, <c>&amp;#x74;</c>, <c>&amp;quot;</c>. Only for looking, never for writing.</summary>
internal static class TextEscapes
{
    private const int LongestReference = 10;

    // No character.
    private const int Nothing = 0x110000;
    private static readonly SearchValues<byte> Marks = SearchValues.Create("%\\&"u8);

    // Those that can stand around a name; of letters there are none.
    private static readonly FrozenDictionary<string, int> Named = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["quot"] = '"',
        ["QUOT"] = '"',
        ["apos"] = '\'',
        ["amp"] = '&',
        ["AMP"] = '&',
        ["lt"] = '<',
        ["LT"] = '<',
        ["gt"] = '>',
        ["GT"] = '>',
        ["nbsp"] = ' ',
        ["equals"] = '=',
        ["colon"] = ':',
        ["comma"] = ',',
        ["semi"] = ';',
        ["lowbar"] = '_',
        ["UnderBar"] = '_',
        ["hyphen"] = '-',
        ["period"] = '.',
        ["num"] = '#',
        ["lsqb"] = '[',
        ["lbrack"] = '[',
        ["rsqb"] = ']',
        ["rbrack"] = ']',
        ["lpar"] = '(',
        ["rpar"] = ')',
        ["Tab"] = '\t',
        ["NewLine"] = '\n',
        ["bsol"] = '\\',
        ["percnt"] = '%',
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Undoes one layer; false when there is none.</summary>
    public static bool TryUndo(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> plain)
    {
        plain = default;
        if (!text.ContainsAny(Marks))
        {
            return false;
        }

        var target = new byte[text.Length];
        var (read, written, undone) = (0, 0, false);
        while (read < text.Length)
        {
            var mark = text[read..].IndexOfAny(Marks);
            var run = mark < 0 ? text.Length - read : mark;
            text.Slice(read, run).CopyTo(target.AsSpan(written));
            read += run;
            written += run;
            if (read < text.Length)
            {
                var length = UndoOne(text[read..], target.AsSpan(written), out var bytes);
                undone |= length > 1;
                read += length;
                written += bytes;
            }
        }

        plain = target.AsSpan(0, written);
        return undone;
    }

    /// <summary>Writes what the mark at the start stands for, itself when nothing; says how many bytes that took.</summary>
    private static int UndoOne(ReadOnlySpan<byte> text, Span<byte> target, out int written)
    {
        var (length, value) = text[0] switch
        {
            (byte)'%' when text.Length > 2 && JsonText.TryReadHex(text.Slice(1, 2), out var octet) => (3, -octet - 1),
            (byte)'\\' => UndoBackslash(text),
            (byte)'&' => UndoReference(text),
            _ => (1, text[0]),
        };
        if (value < 0)
        {
            // A percent escape is an octet of a character, not a character.
            target[0] = (byte)(-value - 1);
            written = 1;
        }
        else
        {
            written = Rune.TryCreate(value, out var rune) && rune.Utf8SequenceLength <= length ? rune.EncodeToUtf8(target) : 0;
        }

        return length;
    }

    private static (int Length, int Value) UndoBackslash(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return (1, text[0]);
        }

        return text[1] switch
        {
            (byte)'u' when text.Length > 5 && JsonText.TryReadHex(text.Slice(2, 4), out var unit) => (6, unit),
            (byte)'x' when text.Length > 3 && JsonText.TryReadHex(text.Slice(2, 2), out var octet) => (4, octet),
            (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f' => (2, ' '),
            // A line that goes on in the next one.
            (byte)'\n' => (2, Nothing),
            (byte)'\r' => (text.Length > 2 && text[2] == '\n' ? 3 : 2, Nothing),
            < 0x80 => (2, text[1]),
            _ => (1, ' '),
        };
    }

    private static (int Length, int Value) UndoReference(ReadOnlySpan<byte> text)
    {
        var end = text[..Math.Min(text.Length, LongestReference)].IndexOf((byte)';');
        if (end < 3 || text[1] != '#')
        {
            return end > 1 && Named.TryGetValue(Encoding.Latin1.GetString(text[1..end]), out var named) ? (end + 1, named) : (1, text[0]);
        }

        var isHex = text[2] is (byte)'x' or (byte)'X';
        var digits = Encoding.Latin1.GetString(text[(isHex ? 3 : 2)..end]);
        return int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? (end + 1, value)
            : (1, text[0]);
    }
}
