using System.Buffers;
using System.Globalization;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// The keys that a client may not choose, compared in every spelling that some server reads as the same name:
/// case, <c>_</c>, <c>-</c>, dots and blanks (PHP turns both into underscores), brackets, percent escapes, a cut at NUL, full-width letters, invisible characters.
/// </summary>
public sealed class KeyNames
{
    private const int MaxPercentRounds = 4;
    private const int LongestPath = 640;

    private static readonly SearchValues<char> PathMarks = SearchValues.Create("[]./:>|?#");

    private readonly string[] _keys;

    /// <summary>Prepares the keys.</summary>
    /// <param name="keys">The keys; each holds a letter or digit.</param>
    /// <exception cref="ArgumentException">A key holds none.</exception>
    public KeyNames(IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = [.. keys.Select(Normalize)];
        if (Array.Exists(_keys, static key => key.Length == 0))
        {
            throw new ArgumentException("A key must hold a letter or digit.", nameof(keys));
        }

        ShortestLength = _keys.Length == 0 ? int.MaxValue : _keys.Min(static key => key.Length);
        Readings = new TextReadings(this);
    }

    /// <summary>Characters of the shortest key, separators left out.</summary>
    internal int ShortestLength { get; }

    /// <summary>Finds a key inside a text.</summary>
    internal TextReadings Readings { get; }

    /// <summary>The index of the key that the name spells as a whole, in one of its segments (<c>meta[key]</c>, <c>meta.key</c>) or as a word in any reading, or -1.</summary>
    /// <param name="name">The name, or a text that may name a key.</param>
    public int Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = FindSpelled(name);
        return index >= 0 ? index : Readings.FindWord(name);
    }

    /// <summary>Whether a text gives a value to a key in any reading; one that only mentions a key does not.</summary>
    /// <param name="text">The text.</param>
    public bool IsAssignedIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Readings.FindAssigned(Encoding.UTF8.GetBytes(text), isPiece: false) >= 0;
    }

    /// <summary>The index of the key that a text is nothing but the name of, or a path that ends in it (<c>/meta/key</c>), or -1.</summary>
    internal int FindBare(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n\0\"'`"u8);
        if (text.Length < ShortestLength || text.Length > LongestPath)
        {
            return -1;
        }

        var path = Encoding.UTF8.GetString(text);
        var whole = FindWhole(path);
        if (whole >= 0 || path.Contains(' ', StringComparison.Ordinal))
        {
            return whole;
        }

        var end = path.AsSpan().TrimEnd("[]./0123456789");
        return FindWhole(end[(end.LastIndexOfAny(PathMarks) + 1)..].ToString());
    }

    /// <summary>The index of the key that the name spells as a whole or in one of its segments, or -1.</summary>
    internal int FindSpelled(string name)
    {
        for (var round = 0; round <= MaxPercentRounds; round++)
        {
            var index = FindDecoded(name);
            if (index >= 0 || !name.Contains('%', StringComparison.Ordinal))
            {
                return index;
            }

            name = Uri.UnescapeDataString(name);
        }

        return -1;
    }

    /// <summary>Whether a name begins, in some spelling, with a variable: is it as a whole, or holds something in it (<c>meta[key]</c>, <c>meta.key</c>).</summary>
    internal static bool IsWithin(string variable, string name)
    {
        var wanted = Normalize(variable);
        for (var round = 0; round <= MaxPercentRounds; round++)
        {
            var end = name.AsSpan().IndexOfAny("[].\0");
            if (Normalize(name) == wanted || (end >= 0 && Normalize(name[..end]) == wanted))
            {
                return true;
            }

            if (!name.Contains('%', StringComparison.Ordinal))
            {
                return false;
            }

            name = Uri.UnescapeDataString(name);
        }

        return false;
    }

    /// <summary>Whether letters (lower case, separators left out) hold a key anywhere.</summary>
    internal bool AnyIn(ReadOnlySpan<char> letters)
    {
        foreach (var key in _keys)
        {
            if (letters.Contains(key, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Normalize(string name)
    {
        Span<char> buffer = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.' or '[' or ']' or '+') && !IsInvisible(c))
            {
                buffer[length++] = Fold(c);
            }
        }

        return new string(buffer[..length]);
    }

    /// <summary>Blanks, controls and what is not drawn at all.</summary>
    internal static bool IsInvisible(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || (c > '\u007f' && char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark);

    /// <summary>As names are folded, and full-width letters as the ASCII ones that a compatibility normalisation makes of them.</summary>
    internal static char Fold(char c) => MemberNames.Fold(c is > '\uff00' and < '\uff5f' ? (char)(c - 0xFEE0) : c);

    private int FindWhole(string name)
    {
        for (var round = 0; round < MaxPercentRounds && name.Contains('%', StringComparison.Ordinal); round++)
        {
            name = Uri.UnescapeDataString(name);
        }

        return Array.IndexOf(_keys, Normalize(name));
    }

    private int FindDecoded(string name)
    {
        var whole = Array.IndexOf(_keys, Normalize(name));
        if (whole >= 0 || name.AsSpan().IndexOfAny("[].\0") < 0)
        {
            return whole;
        }

        var found = FindAmong(name.Split('[', ']', '\0'));
        found = found >= 0 ? found : FindAmong(name.Split('[', ']', '\0', '.'));
        // UTF-16 read as bytes has a NUL beside each letter.
        return found < 0 && name.Contains('\0', StringComparison.Ordinal) ? FindDecoded(name.Replace("\0", "", StringComparison.Ordinal)) : found;
    }

    private int FindAmong(string[] segments)
    {
        foreach (var segment in segments)
        {
            var index = segment.Length == 0 ? -1 : Array.IndexOf(_keys, Normalize(segment));
            if (index >= 0)
            {
                return index;
            }
        }

        return -1;
    }
}
