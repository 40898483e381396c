using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Redis;

/// <summary>How a shared Redis is reached. Changed by a restart only.</summary>
internal sealed partial record RedisPolicy
{
    /// <summary>Servers, cluster nodes or sentinels. At least one.</summary>
    public required IReadOnlyList<EndPoint> Addresses { get; init; }

    /// <summary>Name of the master that the sentinels know, or null.</summary>
    public string? Sentinel { get; init; }

    /// <summary>User, or null for the default one.</summary>
    public string? User { get; init; }

    /// <summary>Password, or null.</summary>
    public Secret? Password { get; init; }

    /// <summary>Whether the connection is encrypted.</summary>
    public bool Tls { get; init; }

    /// <summary>Name in the certificate, or null for the host of the address.</summary>
    public string? TlsHost { get; init; }

    /// <summary>Authorities that are trusted, or null for those of the machine.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Number of the database. Default 0.</summary>
    public int Database { get; init; }

    /// <summary>What every key begins with. Default <c>ozgateway:</c>.</summary>
    public string Prefix { get; init; } = "ozgateway:";

    /// <summary>Time for one command. Default 100ms.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static RedisPolicy? Create(RedisOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        List<EndPoint> addresses = ReadAddresses(errors.Require(options.Addresses, $"{path}.addresses", "[\"redis:6379\"]"), $"{path}.addresses", errors);
        if (options.Prefix is { } prefix && !PrefixShape().IsMatch(prefix))
        {
            errors.Add($"{path}.prefix", ConfigurationCode.BadText, "is not the beginning of a key. Allowed: 1 to 64 of letters, digits, ':', '_' and '-'.");
        }

        errors.CheckPlain([.. new[] { options.User, options.Sentinel, options.Tls?.Host }.OfType<string>()], path);
        Secret? password = options.Password is { } written ? secrets(written, $"{path}.password") : null;
        X509Certificate2Collection? authorities = options.Tls?.Ca is { } ca ? ReadAuthorities(secrets(ca, $"{path}.tls.ca"), $"{path}.tls.ca", errors) : null;
        return errors.AnyAt(path) ? null : new RedisPolicy
        {
            Addresses = addresses,
            Sentinel = options.Sentinel,
            User = options.User,
            Password = password,
            Tls = options.Tls is not null,
            TlsHost = options.Tls?.Host,
            Authorities = authorities,
            Database = options.Database ?? 0,
            Prefix = options.Prefix ?? "ozgateway:",
            Timeout = options.Timeout ?? TimeSpan.FromMilliseconds(100),
        };
    }

    private static List<EndPoint> ReadAddresses(List<string>? written, string path, ConfigurationErrors errors)
    {
        if (written is { Count: 0 })
        {
            errors.Add(path, ConfigurationCode.OutOfRange, "is empty. Write at least one, for example [\"redis:6379\"].");
        }

        List<EndPoint> addresses = [];
        for (int index = 0; index < written?.Count; index++)
        {
            if (AddressShape().Match(written[index]) is { Success: true } match && int.Parse(match.Groups["port"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) is > 0 and < 65536 and int port)
            {
                addresses.Add(IPAddress.TryParse(match.Groups["host"].Value, out IPAddress? address) ? new IPEndPoint(address, port) : new DnsEndPoint(match.Groups["host"].Value, port));
            }
            else
            {
                errors.Add($"{path}[{index}]", ConfigurationCode.BadAddress, "is not a host with a port. Write for example 'redis:6379': no scheme, no path.");
            }
        }

        return addresses;
    }

    private static X509Certificate2Collection? ReadAuthorities(Secret? pem, string path, ConfigurationErrors errors)
    {
        X509Certificate2Collection found = [];
        try
        {
            found.ImportFromPem(pem?.Reveal() ?? "");
        }
        catch (CryptographicException)
        {
            found.Clear();
        }

        if (pem is not null && found.Count == 0)
        {
            errors.Add(path, ConfigurationCode.SecretUnusable, "holds no certificate. PEM text is needed: '-----BEGIN CERTIFICATE-----'.");
        }

        return found.Count == 0 ? null : found;
    }

    [GeneratedRegex(@"^(?:\[(?<host>[0-9a-fA-F:.]{2,45})\]|(?<host>[A-Za-z0-9._-]{1,253})):(?<port>[0-9]{1,5})\z")]
    private static partial Regex AddressShape();

    [GeneratedRegex(@"^[A-Za-z0-9:_-]{1,64}\z")]
    private static partial Regex PrefixShape();
}
