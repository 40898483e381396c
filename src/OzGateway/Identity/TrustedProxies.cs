using System.Net;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>The networks of the proxies whose word is believed. Empty: nobody's.</summary>
/// <param name="Networks">The networks.</param>
internal sealed record TrustedProxies(IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>Nobody.</summary>
    public static TrustedProxies None { get; } = new([]);

    /// <summary>Whether an address is that of a listed proxy.</summary>
    public bool Include(IPAddress? address) => address is not null && Networks.Any(network => network.Contains(Plain(address)));

    /// <summary>An address without the clothes of IPv6 around an IPv4 address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The proxies that the options mean.</summary>
    /// <param name="written">The networks as written.</param>
    /// <param name="path">Where they stand.</param>
    /// <param name="errors">Where errors go.</param>
    public static TrustedProxies Create(IReadOnlyList<string> written, string path, ConfigurationErrors errors)
    {
        List<IPNetwork> networks = [];
        for (int index = 0; index < written.Count; index++)
        {
            if (!written[index].Contains('/', StringComparison.Ordinal) || !IPNetwork.TryParse(written[index], out IPNetwork network))
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadAddress, "is not a network. Write address and length, for example '10.0.0.0/8' or '192.0.2.7/32', with zeros behind the length.");
            }
            else if (network.PrefixLength == 0)
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadAddress, "is the network of all addresses: everyone could set the header. List the proxies.");
            }
            else
            {
                networks.Add(network);
            }
        }

        return new TrustedProxies(networks);
    }
}
