using System.Text.RegularExpressions;

namespace OzGateway.Problems;

/// <summary>Shapes of text that several sections need.</summary>
internal static partial class TextShapes
{
    /// <summary>A name in the configuration, as it is explained to an operator.</summary>
    public const string NameRule = "1 to 64 of a-z, 0-9, _ and -";

    /// <summary>A name in the configuration: 1 to 64 of a-z, 0-9, _ and -.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>A token of HTTP: the name of a header or cookie.</summary>
    public static bool IsToken(string text) => Token().IsMatch(text);

    /// <summary>A media type in lower case without parameters.</summary>
    public static bool IsMediaType(string text) => MediaType().IsMatch(text);

    /// <summary>Text of 1 to 256 visible characters.</summary>
    public static bool IsPlain(string text) => text.Length is > 0 and <= 256 && !text.Any(char.IsControl);

    /// <summary>The value of a header: 1 to 256 visible ASCII characters and blanks.</summary>
    public static bool IsHeaderText(string text) => text.Length is > 0 and <= 256 && text.All(letter => letter is >= ' ' and < (char)0x7f);

    /// <summary>Letters and digits only, in lower case: spellings of one name have one bare form.</summary>
    public static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>Text that fits between the quotes of a header parameter: visible, without quotes and backslashes.</summary>
    public static bool IsQuotable(string text) => IsPlain(text) && text.AsSpan().IndexOfAny('"', '\\') < 0;

    /// <summary>Adds an error for each text that is no media type.</summary>
    public static void CheckMediaTypes(this ConfigurationErrors errors, IReadOnlyList<string>? types, string path, string? alsoAllowed = null) =>
        errors.CheckEach(types, path, type => IsMediaType(type) || type == alsoAllowed, "is not a media type in lower case, such as 'text/plain', without parameters");

    /// <summary>Adds an error for each text that is no token of HTTP.</summary>
    public static void CheckTokens(this ConfigurationErrors errors, IReadOnlyList<string>? names, string path) =>
        errors.CheckEach(names, path, IsToken, "is not the name of a header or cookie: letters, digits and hyphens");

    /// <summary>Adds an error for each text that is empty, very long or holds control characters.</summary>
    public static void CheckPlain(this ConfigurationErrors errors, IReadOnlyList<string>? texts, string path) =>
        errors.CheckEach(texts, path, IsPlain, "must be 1 to 256 characters without control characters");

    private static void CheckEach(this ConfigurationErrors errors, IReadOnlyList<string>? texts, string path, Predicate<string> isRight, string complaint)
    {
        for (int index = 0; index < texts?.Count; index++)
        {
            if (!isRight(texts[index]))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadText, $"{complaint}.");
            }
            else if (texts.Take(index).Contains(texts[index], StringComparer.OrdinalIgnoreCase))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.Duplicate, "stands twice in the list. Keep one of them.");
            }
        }
    }

    [GeneratedRegex(@"^[a-z0-9_-]{1,64}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}\z")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}\z")]
    private static partial Regex MediaType();
}
