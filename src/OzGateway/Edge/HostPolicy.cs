using System.Collections.Frozen;
using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Which hosts are served at the public door.</summary>
/// <param name="Names">Names in lower case without port; empty for any. Default any.</param>
internal sealed record HostPolicy(FrozenSet<string> Names)
{
    /// <summary>The policy that the options mean; of use only where no error was found.</summary>
    /// <param name="hosts">The list as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static HostPolicy Create(IReadOnlyList<string>? hosts, string path, ConfigurationErrors errors)
    {
        if (hosts is { Count: 0 })
        {
            errors.Add(path, ConfigurationCode.OutOfRange, "is empty: nobody would be served. Leave it out for any host.");
        }

        for (int index = 0; index < hosts?.Count; index++)
        {
            if (!HostText.IsPlain(hosts[index]) || hosts[index].Contains(':', StringComparison.Ordinal) || hosts[index].Any(char.IsAsciiLetterUpper))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadAddress, "is not the name of a host in lower case. Write for example 'check.bank.example', without scheme and port.");
            }
            else if (hosts.Take(index).Contains(hosts[index]))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.Duplicate, "stands twice in the list. Keep one of them.");
            }
        }

        return new HostPolicy((hosts ?? []).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Whether a host is served.</summary>
    /// <param name="host">The header as it came: a name with an optional port.</param>
    public bool Serves(string host) => Names.Count == 0 || Names.Contains(host.Split(':')[0].ToLowerInvariant());
}
