using System.Security.Cryptography;

namespace OzGateway.Identity;

/// <summary>Separate keys for separate purposes, derived (HKDF-SHA256) from the one configured secret.</summary>
internal sealed class GatewayKeys
{
    /// <summary>Shortest configured secret, in bytes.</summary>
    public const int MinSecretBytes = 32;

    private GatewayKeys(byte[] secret, IReadOnlyList<GatewayKeys> previous, bool isEphemeral)
    {
        Previous = previous;
        WithPrevious = [this, .. previous];
        User = Derive(secret, "ozgateway user key 1");
        Transaction = Derive(secret, "ozgateway transaction id 1");
        Ticket = Derive(secret, "ozgateway ticket 1");
        Support = Derive(secret, "ozgateway support ref 1");
        Affinity = Derive(secret, "ozgateway affinity 1");
        IsEphemeral = isEphemeral;
    }

    /// <summary>Keys of secrets that were replaced and are still read, newest first: nothing new is signed or hashed with them alone.</summary>
    public IReadOnlyList<GatewayKeys> Previous { get; }

    /// <summary>These keys, then the previous ones.</summary>
    public IReadOnlyList<GatewayKeys> WithPrevious { get; }

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

    /// <summary>Keys from the configured secrets (at least 32 bytes each; checked by the policy).</summary>
    /// <param name="secret">The one that signs and hashes.</param>
    /// <param name="previous">Those that are still read, newest first.</param>
    public static GatewayKeys From(Secret secret, params IReadOnlyList<Secret> previous) =>
        new(secret.Bytes.ToArray(), [.. previous.Select(former => From(former))], isEphemeral: false);

    /// <summary>Fresh random keys for this process.</summary>
    public static GatewayKeys Ephemeral() => new(RandomNumberGenerator.GetBytes(MinSecretBytes), [], isEphemeral: true);

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, outputLength: 32, info: System.Text.Encoding.ASCII.GetBytes(purpose));
}
