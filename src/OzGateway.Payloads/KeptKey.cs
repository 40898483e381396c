using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OzGateway.Payloads;

/// <summary>A metadata key whose value, one text, number or word of the page's, may pass.</summary>
/// <param name="Name">The key, compared exactly.</param>
/// <param name="MaxLength">Longest value in characters (code points).</param>
/// <param name="Pattern">What the value must match as a whole, or null; must work without backtracking.</param>
public sealed record KeptKey(string Name, int MaxLength, Regex? Pattern)
{
    private readonly Regex? _whole = Pattern is null ? null : WholeMatch.Of(Pattern);

    /// <summary>Whether a value is within the limits: its length, no characters that are not seen, and the pattern.</summary>
    internal bool Allows(ReadOnlySpan<byte> value)
    {
        var length = 0;
        for (var rest = value; !rest.IsEmpty; length++)
        {
            Rune.DecodeFromUtf8(rest, out var rune, out var bytes);
            if (length == MaxLength || IsUnseen(rune))
            {
                return false;
            }

            rest = rest[bytes..];
        }

        return _whole is null || _whole.IsMatch(Encoding.UTF8.GetString(value));
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
