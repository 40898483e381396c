using OzGateway.Identity;

namespace OzGateway.Redis;

/// <summary>TLS 1.2 or 1.3 to Redis.</summary>
internal sealed class RedisTlsOptions
{
    /// <summary>Name that the certificate must carry.</summary>
    /// <value>the host of the address</value>
    public string? Host { get; set; }

    /// <summary>PEM certificates of the authorities that are trusted, and no others.</summary>
    /// <value>those of the machine</value>
    public SecretOptions? Ca { get; set; }
}
