using System.ComponentModel.DataAnnotations;

namespace OzGateway.Hosting;

/// <summary>The port for browsers.</summary>
internal sealed class PublicDoorOptions : CertificateDoorOptions
{
    /// <summary>Names of hosts that are served here, without port, for example <c>check.bank.example</c>. A request for another one is 421.</summary>
    /// <value>any</value>
    public List<string>? Hosts { get; set; }

    /// <summary>Networks of the proxies in front of this door, for example <c>10.0.0.0/8</c>. Only their word of the client is believed: the address in <c>X-Forwarded-For</c> is the one that capacities and attempts per address go by, and the adapter is told the whole way; <c>X-Forwarded-Proto</c> is the scheme. A network of all addresses is refused.</summary>
    /// <value>none: what a client says of itself is never believed</value>
    public List<string>? TrustedProxies { get; set; }

    /// <summary>Of these connections, those of one address (IPv6: of one /64) at once. One more is closed before a byte of it is read. Trusted proxies have no such limit.</summary>
    /// <value>half of connections</value>
    [Range(1, 1_000_000)]
    public int? ConnectionsPerAddress { get; set; }
}
