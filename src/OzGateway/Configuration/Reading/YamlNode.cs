using OzGateway.Problems;

namespace OzGateway.Configuration.Reading;

/// <summary>A node of the file as it was written.</summary>
/// <param name="At">Where it begins.</param>
internal abstract record YamlNode(TextPosition At);

/// <summary>A single value.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsPlain">Written without quotes.</param>
internal sealed record YamlScalar(TextPosition At, string Text, bool IsPlain) : YamlNode(At)
{
    /// <summary>Nothing was written, or one of YAML's words for nothing.</summary>
    public bool IsNothing => Text.Length == 0 || (IsPlain && Text is "~" or "null" or "Null" or "NULL");
}

/// <summary>A list.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Items">Its items.</param>
internal sealed record YamlSequence(TextPosition At, IReadOnlyList<YamlNode> Items) : YamlNode(At);

/// <summary>A mapping. No key stands twice.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Entries">Its entries in the order of the file.</param>
internal sealed record YamlMapping(TextPosition At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At);

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyAt">Where the key begins.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(string Key, TextPosition KeyAt, YamlNode Value);
