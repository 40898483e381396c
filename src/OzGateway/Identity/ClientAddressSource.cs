using System.Net;
using System.Net.Sockets;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>The address of the client: the last resort. Users behind one address share one budget.</summary>
/// <param name="Header">Header in which listed proxies name the client.</param>
/// <param name="Proxies">The listed proxies.</param>
/// <param name="Ipv6Prefix">Bits of an IPv6 address that count.</param>
internal sealed record ClientAddressSource(string Header, TrustedProxies Proxies, int Ipv6Prefix) : UserKeySource
{
    /// <summary>The address of the connection alone, IPv6 by its /64.</summary>
    public static ClientAddressSource Default { get; } = new("X-Forwarded-For", TrustedProxies.None, 64);

    /// <summary>The source that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static ClientAddressSource? Create(ClientAddressOptions options, string path, ConfigurationErrors errors)
    {
        errors.Warn(path, ConfigurationCode.ClientAddress, "tells users apart by their address only: users behind one address share one budget, and one user with many addresses has many.");
        OptionRanges.Check(options, path, errors);
        if (options.Header is { } header && !TextShapes.IsToken(header))
        {
            errors.Add($"{path}.header", ConfigurationCode.BadText, "is not the name of a header. Write for example 'X-Forwarded-For'.");
        }

        if (options.Header is not null && options.TrustedProxies is not { Count: > 0 })
        {
            errors.Add($"{path}.header", ConfigurationCode.Contradiction, "is never read: nobody is listed who may set it. Write also for example 'trusted_proxies: [\"10.0.0.0/8\"]'.");
        }

        TrustedProxies proxies = TrustedProxies.Create(options.TrustedProxies ?? [], $"{path}.trusted_proxies", errors);
        return errors.AnyAt(path) ? null : new ClientAddressSource(options.Header ?? Default.Header, proxies, options.Ipv6Prefix ?? Default.Ipv6Prefix);
    }

    /// <summary>The network that stands for the client, as text; null where the connection has no address.</summary>
    public string? Read(HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } peer ? null
        : IsBehindProxy(context) ? Network(Way(context)[0])
        : Network(TrustedProxies.Plain(peer));

    /// <summary>Whether a listed proxy made the connection.</summary>
    public bool IsBehindProxy(HttpContext context) => Proxies.Networks.Count > 0 && Proxies.Include(context.Connection.RemoteIpAddress);

    /// <summary>The addresses on the way behind a listed proxy, as far as they are believed: the client's first, the connection's own last.</summary>
    public IReadOnlyList<IPAddress> Way(HttpContext context)
    {
        // From the nearest hop outwards: each listed proxy vouches for the one before it, and nobody vouches for what stands further out.
        List<IPAddress> way = [TrustedProxies.Plain(context.Connection.RemoteIpAddress!)];
        var hops = context.Request.Headers[Header].SelectMany(line => line?.Split(',') ?? []).Reverse();
        foreach (var hop in hops)
        {
            if (!Proxies.Include(way[^1]) || !TryReadHop(hop.Trim(), out var further))
            {
                break;
            }

            way.Add(further);
        }

        way.Reverse();
        return way;
    }

    private static bool TryReadHop(string text, out IPAddress address)
    {
        var isRead = IPEndPoint.TryParse(text, out var endPoint) && !text.Contains('%', StringComparison.Ordinal);
        address = TrustedProxies.Plain(endPoint?.Address ?? IPAddress.None);
        return isRead;
    }

    /// <summary>The network that an address belongs to, as text.</summary>
    public string Network(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        for (var bit = Ipv6Prefix; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return Convert.ToHexString(bytes.AsSpan(0, (Ipv6Prefix + 7) / 8));
    }
}
