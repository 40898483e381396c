using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// Whether a text names one of the keys as a word of its own (<c>?transaction_id=x</c>, <c>&lt;iin&gt;x</c>, <c>s:7:"user_id"</c>), as it stands
/// or after undoing what some reader undoes: percent, backslash and character escapes, base64, each within the other up to four deep.
/// A word is compared, never a piece of one: <c>bank_transaction_id</c> is another key.
/// </summary>
internal sealed class TextReadings(KeyNames keys)
{
    private const int MaxRounds = 4;

    /// <summary>No spelling of a key is longer; longer words are base64 and the like.</summary>
    private const int MaxWordBytes = 160;

    /// <summary>In a longer word a short piece between slashes is chance: base64 has slashes.</summary>
    private const int MaxPathBytes = 40;
    private const int MaxPairName = 64;
    private const int LeastLongPiece = 6;

    // What can stand inside a spelling, and what base64 is made of: a key between two slashes of a long base64 text is chance.
    private static readonly SearchValues<byte> WordBytes = SearchValues.Create(
        [.. "\0+-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8, .. Enumerable.Range(0x80, 0x80).Select(static value => (byte)value)]);

    // What stands between a name and its value, in a form, an address, JSON, XML or a list.
    private static readonly SearchValues<byte> AroundValues = SearchValues.Create("=:;,<>\"'?&|{}() \t\r\n"u8);

    private static readonly SearchValues<byte> PairStarts = SearchValues.Create("&;?#,\r\n\"'"u8);

    private static ReadOnlySpan<byte> Blank => " \t\r\n\""u8;

    /// <summary>The index of the key that the text names, or -1.</summary>
    public int Find(string text) => text.Length < keys.ShortestLength ? -1 : Find(Encoding.UTF8.GetBytes(text));

    /// <summary>The index of the key that the text names, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text) => Find(text, out _);

    /// <summary>The index of the key that the text names, or -1.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isBare">Whether it is nothing but a name or a path to it, so that the value must stand elsewhere.</param>
    public int Find(ReadOnlySpan<byte> text, out bool isBare) => Find(text, round: 0, out isBare);

    private int Find(ReadOnlySpan<byte> text, int round, out bool isBare)
    {
        isBare = false;
        if (text.Length < keys.ShortestLength)
        {
            return -1;
        }

        var found = FindWord(text);
        found = found < 0 ? FindPair(text) : found;
        if (found >= 0)
        {
            isBare = !text.Trim(Blank).ContainsAny(AroundValues);
            return found;
        }

        if (round < MaxRounds)
        {
            found = TextEscapes.TryUndo(text, out var plain) ? Find(plain, round + 1, out isBare) : -1;
            found = found < 0 && Base64Text.TryDecode(text, out var decoded) ? Find(decoded, round + 1, out isBare) : found;
        }

        return found;
    }

    /// <summary>Names with blanks in them, which some server turns into underscores: what stands before an equals sign, back to where a pair begins.</summary>
    private int FindPair(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var equals = text.IndexOf((byte)'=');
            if (equals < 0)
            {
                return -1;
            }

            var name = text[Math.Max(0, equals - MaxPairName)..equals];
            name = name[(name.LastIndexOfAny(PairStarts) + 1)..];
            var found = name.ContainsAny(" +"u8) ? keys.FindSpelled(Encoding.UTF8.GetString(name)) : -1;
            if (found >= 0)
            {
                return found;
            }

            text = text[(equals + 1)..];
        }
    }

    private int FindWord(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var start = text.IndexOfAny(WordBytes);
            if (start < 0)
            {
                return -1;
            }

            text = text[start..];
            var length = text.IndexOfAnyExcept(WordBytes);
            length = length < 0 ? text.Length : length;
            var found = length >= keys.ShortestLength && length <= MaxWordBytes ? FindIn(text[..length]) : -1;
            if (found >= 0)
            {
                return found;
            }

            text = text[length..];
        }
    }

    private int FindIn(ReadOnlySpan<byte> word)
    {
        Span<char> text = stackalloc char[MaxWordBytes];
        Span<char> letters = stackalloc char[MaxWordBytes];
        var length = Encoding.UTF8.GetChars(word, text);
        var count = 0;
        foreach (var c in text[..length])
        {
            if (char.IsLetterOrDigit(c))
            {
                letters[count++] = KeyNames.Fold(c);
            }
        }

        return keys.AnyIn(letters[..count]) ? FindPiece(text[..length]) : -1;
    }

    private int FindPiece(ReadOnlySpan<char> word)
    {
        var start = 0;
        for (var i = 0; i <= word.Length; i++)
        {
            if (i < word.Length && IsInside(word[i]))
            {
                continue;
            }

            var isPiece = i > start && (word.Length <= MaxPathBytes || i - start >= LeastLongPiece);
            var found = isPiece ? keys.FindSpelled(word[start..i].ToString()) : -1;
            if (found >= 0)
            {
                return found;
            }

            start = i + 1;
        }

        return -1;
    }

    private static bool IsInside(char c) =>
        c is '_' or '-' or '.' || char.IsLetterOrDigit(c) || (KeyNames.IsInvisible(c) && !char.IsWhiteSpace(c));
}
