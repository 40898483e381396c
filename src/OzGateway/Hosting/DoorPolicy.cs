using System.Net;
using System.Text.RegularExpressions;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>One port, and how it is spoken to.</summary>
internal sealed partial record DoorPolicy
{
    /// <summary>Where it listens.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>TLS, or null for plain http.</summary>
    public DoorTlsPolicy? Tls { get; init; }

    /// <summary>What is spoken; at least one, and only one without TLS.</summary>
    public required IReadOnlyList<DoorProtocol> Protocols { get; init; }

    /// <summary>Connections at once. 1 to 1 000 000; default public 10 000, backend 1 000, admin 250.</summary>
    public required int ConnectionLimit { get; init; }

    /// <summary>Of these, those of one address. 1 to 1 000 000; default at the public door half of them, at the others all.</summary>
    public required int ConnectionsPerAddress { get; init; }

    /// <summary>Proxies in front of the door. Default none.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="standard">Name of the door, and what holds where nothing is written.</param>
    /// <param name="material">Reads certificates.</param>
    /// <param name="errors">Where errors go.</param>
    public static DoorPolicy? Create(DoorOptions options, DoorDefaults standard, TlsMaterialReader material, ConfigurationErrors errors)
    {
        string path = $"doors.{standard.Name}";
        OptionRanges.Check(options, path, errors);
        IPEndPoint? address = ReadAddress(options.Address ?? standard.Address, $"{path}.address", errors);
        DoorTlsPolicy? tls = DoorTlsPolicy.Create(options, path, material, errors);
        List<DoorProtocol> protocols = options.Protocols ?? (options.Tls is null ? [DoorProtocol.Http1] : [DoorProtocol.Http1, DoorProtocol.Http2]);
        if (protocols.Count == 0)
        {
            errors.Add($"{path}.protocols", ConfigurationCode.OutOfRange, "is empty: nobody could speak to this door. Write '[http1]', '[http2]' or '[http1, http2]'.");
        }
        else if (protocols.Distinct().Count() < protocols.Count)
        {
            errors.Add($"{path}.protocols", ConfigurationCode.Duplicate, "names a protocol twice. Keep one of them.");
        }
        else if (protocols.Count > 1 && options.Tls is null)
        {
            errors.Add($"{path}.protocols", ConfigurationCode.Contradiction, "names two protocols, and without tls client and door cannot agree on one. Write '[http1]', or '[http2]' for clients that know it beforehand, or add tls.");
        }

        PublicDoorOptions? open = options as PublicDoorOptions;
        TrustedProxies proxies = TrustedProxies.Create(open?.TrustedProxies ?? [], $"{path}.trusted_proxies", errors);
        int connections = options.Connections ?? standard.Connections;
        if (open?.ConnectionsPerAddress > connections)
        {
            errors.Add($"{path}.connections_per_address", ConfigurationCode.Contradiction, $"is {open.ConnectionsPerAddress}, more than the door holds at all ({connections}). Make it at most as large as connections.");
        }

        return address is null || errors.AnyAt(path) ? null : new DoorPolicy
        {
            Address = address,
            Tls = tls,
            Protocols = protocols,
            ConnectionLimit = connections,
            ConnectionsPerAddress = open is null ? connections : open.ConnectionsPerAddress ?? Math.Max(1, connections / 2),
            Proxies = proxies,
        };
    }

    private static IPEndPoint? ReadAddress(string text, string path, ConfigurationErrors errors)
    {
        int colon = text.LastIndexOf(':');
        if (colon > 0 && PortDigits().IsMatch(text[(colon + 1)..]) && (text[0] == '[' || text.IndexOf(':', StringComparison.Ordinal) == colon)
            && IPEndPoint.TryParse(text, out IPEndPoint? endPoint))
        {
            return endPoint;
        }

        errors.Add(path, ConfigurationCode.BadAddress, "is not an IP address with a port. Write for example '0.0.0.0:8080' or '[::1]:8080'; port 0 takes any free one.");
        return null;
    }

    [GeneratedRegex(@"^[0-9]{1,5}\z")]
    private static partial Regex PortDigits();
}

/// <summary>What holds for a door where nothing is written.</summary>
/// <param name="Name">Key of the door.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Connections">Connections at once.</param>
internal sealed record DoorDefaults(string Name, string Address, int Connections);
