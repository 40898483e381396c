using System.Security.Cryptography;

namespace OzGateway.Identity;

/// <summary>Separate keys for separate purposes, derived (HKDF-SHA256) from the one configured secret.</summary>
internal sealed class GatewayKeys
{
    /// <summary>Shortest configured secret, in bytes.</summary>
    public const int MinSecretBytes = 32;

    private GatewayKeys(byte[] secret, bool isEphemeral)
    {
        User = Derive(secret, "ozgateway user key 1");
        Transaction = Derive(secret, "ozgateway transaction id 1");
        Ticket = Derive(secret, "ozgateway ticket 1");
        Support = Derive(secret, "ozgateway support ref 1");
        Affinity = Derive(secret, "ozgateway affinity 1");
        IsEphemeral = isEphemeral;
    }

    /// <summary>Hashes user identifiers to user keys.</summary>
    public byte[] User { get; }

    /// <summary>Proves that a transaction id was issued here, for whom and when.</summary>
    public byte[] Transaction { get; }

    /// <summary>Signs tickets.</summary>
    public byte[] Ticket { get; }

    /// <summary>Hashes transaction ids for logs, spans and support.</summary>
    public byte[] Support { get; }

    /// <summary>Hides which adapter a session is on.</summary>
    public byte[] Affinity { get; }

    /// <summary>Made at start and gone with the process: tickets and user keys do not survive a restart.</summary>
    public bool IsEphemeral { get; }

    /// <summary>Keys from the configured secret (at least 32 bytes; checked by the policy).</summary>
    public static GatewayKeys From(Secret secret) => new(secret.Bytes.ToArray(), isEphemeral: false);

    /// <summary>Fresh random keys for this process.</summary>
    public static GatewayKeys Ephemeral() => new(RandomNumberGenerator.GetBytes(MinSecretBytes), isEphemeral: true);

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, outputLength: 32, info: System.Text.Encoding.ASCII.GetBytes(purpose));
}
