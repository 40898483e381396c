using System.Text.RegularExpressions;
using OzGateway.Payloads;
using OzGateway.Problems;

namespace OzGateway.Projection;

/// <summary>Further members that may leave: named one by one, never sensitive, each with a pattern for its whole value.</summary>
internal static partial class KeptMembers
{
    private const int MaxMembers = 16;

    /// <summary>The members that the options mean; errors where they are sensitive or cannot be read.</summary>
    /// <param name="options">The list as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="sensitive">Bare names of members that may never be kept.</param>
    /// <param name="errors">Where errors go.</param>
    public static List<KeptMember> Create(IReadOnlyList<KeptMemberOptions> options, string path, IReadOnlySet<string> sensitive, ConfigurationErrors errors)
    {
        if (options.Count > MaxMembers)
        {
            errors.Add(path, ConfigurationCode.OutOfRange, $"has {options.Count} members. Allowed: up to {MaxMembers}.");
        }

        List<KeptMember> members = [];
        HashSet<string> names = ["state"];
        for (int index = 0; index < options.Count; index++)
        {
            string at = $"{path}[{index}]";
            MemberPath? member = ReadMember(errors.Require(options[index].Member, $"{at}.member", "$.session"), $"{at}.member", sensitive, errors);
            string? written = errors.Require(options[index].Pattern, $"{at}.pattern", "\"^[A-Za-z0-9_-]{8,128}$\"");
            Regex? pattern = written is null ? null : errors.ReadPattern(written, $"{at}.pattern");
            if (options[index].Member is { } text && member is not null && !names.Add(TextShapes.Bare(LastName(text))))
            {
                errors.Add($"{at}.member", ConfigurationCode.Duplicate, "leaves under a name that another member has already. Names of what leaves are unique; 'state' is taken.");
            }
            else if (member is not null && pattern is not null)
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
            errors.Add(path, ConfigurationCode.BadMember, $"is not the path of a member. {fault}");
            return null;
        }

        if (text.Contains("[*]", StringComparison.Ordinal) || text == "$")
        {
            errors.Add(path, ConfigurationCode.BadMember, "does not name one member. Write for example '$.session', without '[*]'.");
            return null;
        }

        if (Names().Matches(text).Select(Name).FirstOrDefault(name => sensitive.Contains(TextShapes.Bare(name))) is { } found)
        {
            errors.Add(path, ConfigurationCode.SensitiveMember, $"names '{found}', which is sensitive and never leaves.");
            return null;
        }

        return member;
    }

    private static string LastName(string path) => Name(Names().Matches(path)[^1]);

    private static string Name(Match match) => match.Groups["name"].Value;

    [GeneratedRegex(@"\.(?<name>[^.\[\]']+)|\['(?<name>[^']*)'\]")]
    private static partial Regex Names();
}
