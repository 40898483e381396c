namespace OzGateway.Configuration.Reading;

/// <summary>How places in the file are named, and how pieces of it are quoted.</summary>
internal static class YamlPath
{
    private const int MaxQuoted = 40;

    /// <summary>Path of a key in a mapping. Of a long key only a piece is shown, and nothing behind a colon: without a space there it swallowed its value.</summary>
    /// <param name="path">Path of the mapping.</param>
    /// <param name="key">The key.</param>
    public static string Child(string path, string key)
    {
        int colon = key.IndexOf(':', StringComparison.Ordinal);
        string piece = Piece(colon < 0 ? key : key[..colon]);
        return path.Length == 0 ? piece : $"{path}.{piece}";
    }

    /// <summary>A piece of the file in quotes: at most 40 characters, no control characters.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text) => $"'{Piece(text)}'";

    private static string Piece(string text)
    {
        string piece = text.Length > MaxQuoted ? text[..(MaxQuoted - 1)] + "…" : text;
        return string.Concat(piece.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character));
    }
}
