using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// The words under which a pair's name and its value are sent, one or many, in any spelling: a key of ours behind the first means
/// something only where one of the second stands beside it.
/// </summary>
internal static class PairNames
{
    private const int LongestWord = 32;

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "name", "names", "key", "keys", "keyname", "k", "n", "field", "fields", "fieldname", "param", "params", "parameter", "parameters", "paramname", "id",
        "property", "properties", "propertyname", "prop", "attribute", "attributes", "attr", "path", "pointer", "variable", "var", "member", "column", "columns",
        "header", "headers", "label");

    private static readonly SearchValues<byte> WordBytes = SearchValues.Create("-ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    private static readonly FrozenSet<string> Values = FrozenSet.Create(
        StringComparer.Ordinal, "v", "val", "vals", "content", "contents", "data", "text", "string", "payload", "rows");

    private static readonly FrozenSet<string> Entries = FrozenSet.Create(StringComparer.Ordinal, "entry", "pair", "tuple", "keyvalue", "kv");

    /// <summary>The role of a member or field; of a name in brackets or with dots, that of its last part (<c>list[0][name]</c>).</summary>
    public static PairRole RoleOf(string name)
    {
        var word = name.AsSpan().TrimEnd("[]. 0123456789");
        word = word[(word.LastIndexOfAny("[]. ") + 1)..];
        if (word.Length is 0 or > LongestWord)
        {
            return PairRole.None;
        }

        var normal = MemberNames.Normalize(word.ToString());
        // FHIR and others write the type behind it: valueString.
        return Names.Contains(normal) ? PairRole.Name
            : Entries.Contains(normal) ? PairRole.Entry
            : Values.Contains(normal) || normal.StartsWith("value", StringComparison.Ordinal) ? PairRole.Value : PairRole.None;
    }

    /// <summary>The role of the word that ends here, quotes and blanks behind it left out.</summary>
    public static PairRole RoleBefore(ReadOnlySpan<byte> text)
    {
        text = text[Math.Max(0, text.Length - LongestWord - 8)..].TrimEnd(" \t\"'\\\0"u8);
        var start = text.LastIndexOfAnyExcept(WordBytes);
        return RoleOf(Encoding.ASCII.GetString(text[(start + 1)..]));
    }
}
