using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Identity;

/// <summary>
/// What the gateway signs when it issues a transaction: user key, transaction id, origin and expiry.
/// It is how the calls of the vendor's script, to which a page can add nothing, find their user and transaction.
/// </summary>
/// <param name="User">Whose transaction it is.</param>
/// <param name="Transaction">Which one.</param>
/// <param name="Origin">The page's origin when it was issued, or null where the browser named none.</param>
/// <param name="ExpiresAt">Whole seconds.</param>
internal sealed record Ticket(UserKey User, TransactionId Transaction, string? Origin, DateTimeOffset ExpiresAt)
{
    private const byte Version = 1;
    private const int OriginBytes = 8;
    private const int SignatureBytes = 32;
    private const int SignedBytes = 1 + UserKey.Length + TransactionId.Length + OriginBytes + sizeof(long);

    /// <summary>Characters of the signed text.</summary>
    public static int TextLength { get; } = Base64Url.GetEncodedLength(SignedBytes + SignatureBytes);

    /// <summary>The signed text: base64url, constant length.</summary>
    public string Sign(GatewayKeys keys)
    {
        var bytes = new byte[SignedBytes + SignatureBytes];
        var rest = bytes.AsSpan();
        rest[0] = Version;
        User.Bytes.CopyTo(rest = rest[1..]);
        Transaction.Bytes.CopyTo(rest = rest[UserKey.Length..]);
        HashOrigin(keys, Origin).CopyTo(rest = rest[TransactionId.Length..]);
        BinaryPrimitives.WriteInt64BigEndian(rest[OriginBytes..], ExpiresAt.ToUnixTimeSeconds());
        HMACSHA256.HashData(keys.Ticket, bytes.AsSpan(0, SignedBytes), bytes.AsSpan(SignedBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Verifies signature and expiry.</summary>
    /// <param name="keys">The keys it must be signed with, or those that were replaced and are still read.</param>
    /// <param name="text">What the client sent.</param>
    /// <param name="now">The time.</param>
    /// <param name="ticket">User, transaction and expiry; the origin is compared by <paramref name="origin"/>.</param>
    /// <param name="origin">The request's own origin, or null.</param>
    /// <param name="originMatches">False where the ticket was issued to a page of another origin.</param>
    public static bool TryVerify(
        GatewayKeys keys, ReadOnlySpan<char> text, DateTimeOffset now, string? origin, [NotNullWhen(true)] out Ticket? ticket, out bool originMatches)
    {
        ticket = null;
        originMatches = false;
        Span<byte> bytes = stackalloc byte[SignedBytes + SignatureBytes];
        if (!TryDecode(text, bytes) || Signer(keys, bytes) is not { } signer || bytes[0] != Version)
        {
            return false;
        }

        var user = UserKey.FromBytes(bytes.Slice(1, UserKey.Length));
        var transaction = TransactionId.FromBytes(bytes.Slice(1 + UserKey.Length, TransactionId.Length));
        var issuedTo = bytes.Slice(1 + UserKey.Length + TransactionId.Length, OriginBytes);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes[(SignedBytes - sizeof(long))..]));
        originMatches = origin is null || !issuedTo.ContainsAnyExcept((byte)0)
            || CryptographicOperations.FixedTimeEquals(issuedTo, HashOrigin(signer, origin));
        ticket = new Ticket(user, transaction, origin, expiresAt);
        return expiresAt > now;
    }

    // One ticket has one text: bits that base64url leaves over must be zero.
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == TextLength
        && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
        && written == bytes.Length
        && IsTextOf(bytes, text);

    private static bool IsTextOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text)
    {
        Span<char> written = stackalloc char[TextLength];
        return written[..Base64Url.EncodeToChars(bytes, written)].SequenceEqual(text);
    }

    // Every secret is tried, whichever fits: the time tells nothing.
    private static GatewayKeys? Signer(GatewayKeys keys, ReadOnlySpan<byte> bytes)
    {
        GatewayKeys? signer = null;
        foreach (var secret in keys.WithPrevious)
        {
            var signature = HMACSHA256.HashData(secret.Ticket, bytes[..SignedBytes]);
            signer = CryptographicOperations.FixedTimeEquals(signature, bytes[SignedBytes..]) ? secret : signer;
        }

        return signer;
    }

    private static ReadOnlySpan<byte> HashOrigin(GatewayKeys keys, string? origin) => origin is null
        ? new byte[OriginBytes]
        : HMACSHA256.HashData(keys.Ticket, Encoding.UTF8.GetBytes("origin " + origin)).AsSpan(0, OriginBytes);

    /// <inheritdoc />
    public override string ToString() => "[ticket]";
}
