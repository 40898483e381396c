namespace OzGateway.Payloads;

/// <summary>
/// The keys that a client may not choose, compared in every spelling that some server reads as the same name:
/// case, <c>_</c>, <c>-</c>, dots and blanks (PHP turns both into underscores), brackets, percent escapes, a cut at NUL.
/// </summary>
internal sealed class KeyNames
{
    private const int MaxPercentRounds = 4;

    private readonly string[] _keys;

    public KeyNames(IEnumerable<string> keys)
    {
        _keys = [.. keys.Select(Normalize)];
        if (Array.Exists(_keys, static key => key.Length == 0))
        {
            throw new ArgumentException("A key must hold a letter or digit.", nameof(keys));
        }
    }

    /// <summary>The index of the key that the name spells as a whole or in one of its segments (<c>meta[key]</c>, <c>meta.key</c>), or -1.</summary>
    public int Find(string name)
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

    /// <summary>Whether a text that could not be read mentions a key: letters and digits alone are compared, escapes undone.</summary>
    public bool IsMentionedIn(ReadOnlySpan<byte> text)
    {
        var letters = new string(Letters(text));
        return Array.Exists(_keys, key => letters.Contains(key, StringComparison.Ordinal));
    }

    private static string Normalize(string name)
    {
        Span<char> buffer = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.' or '[' or ']' or '+') && !char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                buffer[length++] = MemberNames.Fold(c);
            }
        }

        return new string(buffer[..length]);
    }

    private static char[] Letters(ReadOnlySpan<byte> text)
    {
        var letters = new List<char>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = (char)text[i];
            if (c == '\\' && i + 5 < text.Length && text[i + 1] == 'u' && JsonText.TryReadHex(text.Slice(i + 2, 4), out var unit))
            {
                c = (char)unit;
                i += 5;
            }
            else if (c == '%' && i + 2 < text.Length && JsonText.TryReadHex(text.Slice(i + 1, 2), out unit))
            {
                c = (char)unit;
                i += 2;
            }

            if (char.IsLetterOrDigit(c))
            {
                letters.Add(MemberNames.Fold(c));
            }
        }

        return [.. letters];
    }

    private int FindDecoded(string name)
    {
        var whole = Array.IndexOf(_keys, Normalize(name));
        if (whole >= 0 || name.AsSpan().IndexOfAny("[].\0") < 0)
        {
            return whole;
        }

        var found = FindAmong(name.Split('[', ']', '\0'));
        return found >= 0 ? found : FindAmong(name.Split('[', ']', '\0', '.'));
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
