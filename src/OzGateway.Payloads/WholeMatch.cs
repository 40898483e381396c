using System.Text.RegularExpressions;

namespace OzGateway.Payloads;

/// <summary>Patterns against whole values.</summary>
internal static class WholeMatch
{
    /// <summary>The same pattern, against the whole value: a first match could be shorter than the longest. The line break ends a comment in the pattern.</summary>
    public static Regex Of(Regex pattern)
    {
        var end = pattern.Options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "\n" : "";
        return new Regex($@"\A(?:{pattern}{end})\z", pattern.Options | RegexOptions.NonBacktracking);
    }
}
