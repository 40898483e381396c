using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// Whether a text names one of the keys as a word of its own, or gives one a value (<see cref="Assignment"/>), as it stands or after undoing what some reader undoes: percent, backslash and character escapes, base64, each within the other up to four deep.
/// A word is compared, never a piece of one: <c>bank_transaction_id</c> is another key.
/// </summary>
internal sealed class TextReadings(KeyNames keys)
{
    private const int MaxRounds = 4;

    /// <summary>No spelling of a key is longer; longer words are base64 and the like.</summary>
    private const int MaxWordBytes = 160;

    /// <summary>In a longer word a short piece between slashes is chance: base64 has slashes.</summary>
    private const int MaxPathBytes = 40;
    private const int MaxPairName = Assignment.MaxGap;
    private const int LeastLongPiece = 6;

    // What can stand inside a spelling, and what base64 is made of: a key between two slashes of a long base64 text is chance.
    private static readonly SearchValues<byte> WordBytes = SearchValues.Create(
        [.. "\0+-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8, .. Enumerable.Range(0x80, 0x80).Select(static value => (byte)value)]);

    private static readonly SearchValues<byte> PairStarts = SearchValues.Create("&;?#,\r\n\"'"u8);

    /// <summary>The index of the key that a name has in it as a word, or -1.</summary>
    public int FindWord(string name) => name.Length < keys.ShortestLength ? -1 : Find(Encoding.UTF8.GetBytes(name), NameMatch.Word, round: 0);

    /// <summary>The index of the key that the text gives a value to, or -1.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isPiece">Whether the text goes on before or behind.</param>
    public int FindAssigned(ReadOnlySpan<byte> text, bool isPiece) => Find(text, isPiece ? NameMatch.AssignedInPiece : NameMatch.Assigned, round: 0);

    private int Find(ReadOnlySpan<byte> text, NameMatch match, int round)
    {
        if (text.Length < keys.ShortestLength)
        {
            return -1;
        }

        var found = FindIn(text, match);
        found = found < 0 ? FindPair(text) : found;
        if (found < 0 && round < MaxRounds)
        {
            found = TextEscapes.TryUndo(text, out var plain) ? Find(plain, match, round + 1) : -1;
            found = found < 0 && Base64Text.TryDecode(text, out var decoded) ? Find(decoded, match, round + 1) : found;
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

    private int FindIn(ReadOnlySpan<byte> text, NameMatch match)
    {
        var assignment = new Assignment(keys, text, match is NameMatch.AssignedInPiece);
        var start = 0;
        while (true)
        {
            var skipped = text[start..].IndexOfAny(WordBytes);
            if (skipped < 0)
            {
                return -1;
            }

            start += skipped;
            var length = text[start..].IndexOfAnyExcept(WordBytes);
            length = length < 0 ? text.Length - start : length;
            var found = length >= keys.ShortestLength && length <= MaxWordBytes ? FindInWord(text.Slice(start, length), start, match, ref assignment) : -1;
            if (found >= 0)
            {
                return found;
            }

            start += length;
        }
    }

    private int FindInWord(ReadOnlySpan<byte> text, int start, NameMatch match, ref Assignment assignment)
    {
        Span<char> word = stackalloc char[MaxWordBytes];
        Span<int> places = stackalloc int[MaxWordBytes + 1];
        Span<char> letters = stackalloc char[MaxWordBytes];
        var (count, letterCount, read) = (0, 0, 0);
        while (read < text.Length)
        {
            Rune.DecodeFromUtf8(text[read..], out var rune, out var bytes);
            var c = rune.IsBmp ? (char)rune.Value : '\ufffd';
            (word[count], places[count++]) = (c, start + read);
            letters[letterCount] = KeyNames.Fold(c);
            letterCount += char.IsLetterOrDigit(c) ? 1 : 0;
            read += bytes;
        }

        places[count] = start + text.Length;
        return keys.AnyIn(letters[..letterCount]) ? FindPiece(word[..count], places, match, ref assignment) : -1;
    }

    private int FindPiece(scoped ReadOnlySpan<char> word, scoped ReadOnlySpan<int> places, NameMatch match, ref Assignment assignment)
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
            if (found >= 0 && (match is NameMatch.Word || assignment.IsGiven(places[start], places[i])))
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
