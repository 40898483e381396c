using System.Text.RegularExpressions;

namespace OzGateway.Problems;

/// <summary>Regular expressions of the configuration: each matches a whole value, in linear time.</summary>
internal static class WholePattern
{
    /// <summary>Reads one; null where it is in error.</summary>
    /// <param name="errors">Where errors go.</param>
    /// <param name="text">The expression as written.</param>
    /// <param name="path">Where it stands.</param>
    public static Regex? ReadPattern(this ConfigurationErrors errors, string text, string path)
    {
        if (!text.StartsWith('^') || !text.EndsWith('$') || text.EndsWith(@"\$", StringComparison.Ordinal))
        {
            errors.Add(path, ConfigurationCode.BadPattern, "does not match a whole value. Begin it with '^' and end it with '$'.");
            return null;
        }

        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            errors.Add(path, ConfigurationCode.BadPattern, "is not a regular expression that can be used here: no look-around, no back references, brackets closed.");
            return null;
        }
    }
}
