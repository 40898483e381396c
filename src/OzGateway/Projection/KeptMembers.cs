using System.Text.RegularExpressions;
using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Projection;

/// <summary>Further members that may leave: named one by one, never sensitive, each with a pattern for its whole value.</summary>
internal static partial class KeptMembers
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The members that the options mean; errors where they are sensitive or cannot be read.</summary>
    /// <param name="options">The list as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="sensitive">Names of members that may never be kept.</param>
    /// <param name="errors">Where errors go.</param>
    public static List<KeptMember> Create(IReadOnlyList<KeptMemberOptions> options, string path, IReadOnlySet<string> sensitive, ConfigurationErrors errors)
    {
        List<KeptMember> members = [];
        for (int index = 0; index < options.Count; index++)
        {
            string at = $"{path}[{index}]";
            MemberPath? member = ReadMember(errors.Require(options[index].Member, $"{at}.member", "$.session"), $"{at}.member", sensitive, errors);
            Regex? pattern = ReadPattern(errors.Require(options[index].Pattern, $"{at}.pattern", "\"^[A-Za-z0-9_-]{8,128}$\""), $"{at}.pattern", errors);
            if (member is not null && pattern is not null)
            {
                members.Add(new KeptMember(member, pattern));
            }
        }

        return members;
    }

    private static MemberPath? ReadMember(string? text, string path, IReadOnlySet<string> sensitive, ConfigurationErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (!MemberPath.TryParse(text, out MemberPath? member, out string? fault))
        {
            errors.Add(path, ConfigurationCode.BadMember, $"is not the path of a member: {fault}. Write for example '$.session'.");
            return null;
        }

        if (Names().Matches(text).FirstOrDefault(name => sensitive.Contains(name.Groups["name"].Value)) is { } found)
        {
            errors.Add(path, ConfigurationCode.SensitiveMember, $"names '{found.Groups["name"].Value}', which is sensitive and never leaves.");
        }

        return member;
    }

    private static Regex? ReadPattern(string? text, string path, ConfigurationErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (!text.StartsWith('^') || !text.EndsWith('$') || text.EndsWith(@"\$", StringComparison.Ordinal))
        {
            errors.Add(path, ConfigurationCode.BadPattern, "does not match a whole value. Begin it with '^' and end it with '$'.");
            return null;
        }

        try
        {
            // The dollar alone would also match before a line end; the value is matched to its very end.
            return new Regex($"^(?:{text[1..^1]})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            errors.Add(path, ConfigurationCode.BadPattern, "is not a regular expression that can be used here: no look-around, no back references, brackets closed.");
            return null;
        }
    }

    [GeneratedRegex(@"\.(?<name>[^.\[\]']+)|\['(?<name>[^']*)'\]")]
    private static partial Regex Names();
}
