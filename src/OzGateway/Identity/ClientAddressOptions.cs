using System.ComponentModel.DataAnnotations;

namespace OzGateway.Identity;

/// <summary>The address of the client: of the connection, or the one that listed proxies name.</summary>
internal sealed class ClientAddressOptions
{
    /// <summary>Header in which listed proxies name the client, addresses parted by commas, the nearest last. From anyone else it is ignored.</summary>
    /// <value>X-Forwarded-For</value>
    public string? Header { get; set; }

    /// <summary>Networks of the proxies that may name the client, for example <c>10.0.0.0/8</c>. A network of all addresses is refused.</summary>
    /// <value>those of doors.public</value>
    public List<string>? TrustedProxies { get; set; }

    /// <summary>Bits of an IPv6 address that tell clients apart: one subscriber usually holds a network of 64 and is free to change the rest.</summary>
    /// <value>64</value>
    [Range(32, 128)]
    public int? Ipv6Prefix { get; set; }
}
