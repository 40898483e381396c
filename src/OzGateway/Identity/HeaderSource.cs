using System.Net;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>A header that a listed proxy sets.</summary>
/// <param name="Name">Name of the header.</param>
/// <param name="TrustedProxies">Networks the connection must come from. Never empty.</param>
internal sealed record HeaderSource(string Name, IReadOnlyList<IPNetwork> TrustedProxies) : UserKeySource
{
    /// <summary>The source that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static HeaderSource? Create(HeaderSourceOptions options, string path, ConfigurationErrors errors)
    {
        string? name = errors.Require(options.Name, $"{path}.name", "X-User");
        if (name is not null && !TextShapes.IsToken(name))
        {
            errors.Add($"{path}.name", ConfigurationCode.BadText, "is not the name of a header. Write for example 'X-User'.");
        }

        List<string> written = errors.Require(options.TrustedProxies, $"{path}.trusted_proxies", "[\"10.0.0.0/8\"]") ?? [];
        if (options.TrustedProxies is { Count: 0 })
        {
            errors.Add($"{path}.trusted_proxies", ConfigurationCode.OutOfRange, "is empty. Without a listed proxy the header is never believed.");
        }

        List<IPNetwork> networks = [];
        for (int index = 0; index < written.Count; index++)
        {
            if (!written[index].Contains('/', StringComparison.Ordinal) || !IPNetwork.TryParse(written[index], out IPNetwork network))
            {
                errors.Add($"{path}.trusted_proxies[{index}]", ConfigurationCode.BadAddress, "is not a network. Write address and length, for example '10.0.0.0/8' or '192.0.2.7/32', with zeros behind the length.");
            }
            else if (network.PrefixLength == 0)
            {
                errors.Add($"{path}.trusted_proxies[{index}]", ConfigurationCode.BadAddress, "is the network of all addresses: everyone could set the header. List the proxies.");
            }
            else
            {
                networks.Add(network);
            }
        }

        return errors.AnyAt(path) ? null : new HeaderSource(name!, networks);
    }
}
