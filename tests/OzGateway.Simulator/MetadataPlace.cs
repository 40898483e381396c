namespace OzGateway.Simulator;

/// <summary>Where <c>meta</c> sits in a body of one kind.</summary>
/// <param name="Form">How it is written there.</param>
/// <param name="Name">The part's or field's name; for <see cref="MetadataForm.EntryPerKey"/> with <c>*</c> where the key stands; null in a JSON body.</param>
/// <param name="Path">The members from the JSON's root to the metadata; empty = the root itself.</param>
public sealed record MetadataPlace(MetadataForm Form, string? Name, IReadOnlyList<string> Path)
{
    /// <summary>The place as a JSON path, such as <c>$['folder:meta_data']</c>; <c>$</c> for the root.</summary>
    public string JsonPath => "$" + string.Concat(Path.Select(static member =>
        member.All(char.IsAsciiLetterOrDigit) ? "." + member : $"['{member}']"));

    /// <summary>The name of the part or field that carries a key.</summary>
    /// <param name="key">The metadata key.</param>
    public string EntryName(string key) => Name!.Replace("*", key, StringComparison.Ordinal);

    /// <summary>The key that a part or field of this name carries, or null when it carries none.</summary>
    /// <param name="entryName">The name of the part or field.</param>
    public string? KeyOf(string entryName)
    {
        var ends = Name!.Split('*');
        return entryName.Length > ends[0].Length + ends[1].Length
            && entryName.StartsWith(ends[0], StringComparison.Ordinal)
            && entryName.EndsWith(ends[1], StringComparison.Ordinal)
                ? entryName[ends[0].Length..^ends[1].Length]
                : null;
    }
}
