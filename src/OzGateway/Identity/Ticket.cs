using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Identity;

/// <summary>
/// What the gateway signs when it issues a transaction: user key, transaction id, origin and expiry.
/// While secrets are replaced it also names the user under those before. It is how the calls of the vendor's script, to which a page can add nothing, find their user and transaction.
/// </summary>
/// <param name="User">Whose transaction it is.</param>
/// <param name="Transaction">Which one.</param>
/// <param name="Origin">The page's origin when it was issued, or null where the browser named none.</param>
/// <param name="ExpiresAt">Whole seconds.</param>
internal sealed record Ticket(UserKey User, TransactionId Transaction, string? Origin, DateTimeOffset ExpiresAt)
{
    private const byte FirstVersion = 1;
    private const int OriginBytes = 8;
    private const int SignatureBytes = 32;
    private const int BytesWithoutFormer = 1 + UserKey.Length + TransactionId.Length + OriginBytes + sizeof(long) + SignatureBytes;
    private const int MaxBytes = BytesWithoutFormer + (KeyRing.MaxPrevious * UserKey.Length);

    /// <summary>Characters of the signed text of a user who has so many former names.</summary>
    public static int TextLength(int formerNames = 0) => Base64Url.GetEncodedLength(BytesWithoutFormer + (formerNames * UserKey.Length));

    /// <summary>Whether a ticket can have so many characters.</summary>
    public static bool IsTextLength(int length) => FormerNames(length) >= 0;

    /// <summary>The signed text: base64url, of a length that says how many former names the user has.</summary>
    public string Sign(GatewayKeys keys)
    {
        var bytes = new byte[BytesWithoutFormer + (User.Former.Count * UserKey.Length)];
        var rest = bytes.AsSpan();
        rest[0] = (byte)(FirstVersion + User.Former.Count);
        User.Bytes.CopyTo(rest = rest[1..]);
        foreach (var name in User.Former)
        {
            name.Bytes.CopyTo(rest = rest[UserKey.Length..]);
        }

        Transaction.Bytes.CopyTo(rest = rest[UserKey.Length..]);
        HashOrigin(keys, Origin).CopyTo(rest = rest[TransactionId.Length..]);
        BinaryPrimitives.WriteInt64BigEndian(rest[OriginBytes..], ExpiresAt.ToUnixTimeSeconds());
        HMACSHA256.HashData(keys.Ticket, bytes.AsSpan(0, bytes.Length - SignatureBytes), bytes.AsSpan(bytes.Length - SignatureBytes));
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
        var former = FormerNames(text.Length);
        if (former < 0)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxBytes];
        bytes = bytes[..(BytesWithoutFormer + (former * UserKey.Length))];
        if (!TryDecode(text, bytes) || Signer(keys, bytes) is not { } signer || bytes[0] != FirstVersion + former)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = bytes[1..];
        var user = ReadUser(ref rest, former);
        var transaction = TransactionId.FromBytes(rest[..TransactionId.Length]);
        var issuedTo = rest.Slice(TransactionId.Length, OriginBytes);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(rest[(TransactionId.Length + OriginBytes)..]));
        originMatches = origin is null || !issuedTo.ContainsAnyExcept((byte)0)
            || CryptographicOperations.FixedTimeEquals(issuedTo, HashOrigin(signer, origin));
        ticket = new Ticket(user, transaction, origin, expiresAt);
        return expiresAt > now;
    }

    private static int FormerNames(int textLength)
    {
        for (var former = 0; former <= KeyRing.MaxPrevious; former++)
        {
            if (TextLength(former) == textLength)
            {
                return former;
            }
        }

        return -1;
    }

    // Under its former names the user has attempts that count: a ticket that did not tell them would be a fresh budget.
    private static UserKey ReadUser(ref ReadOnlySpan<byte> rest, int former)
    {
        var present = rest[..UserKey.Length];
        rest = rest[UserKey.Length..];
        var names = new UserKey[former];
        for (var index = 0; index < former; index++)
        {
            names[index] = UserKey.FromBytes(rest[..UserKey.Length]);
            rest = rest[UserKey.Length..];
        }

        return UserKey.FromBytes(present, names);
    }

    // One ticket has one text: bits that base64url leaves over must be zero.
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        Base64Url.DecodeFromChars(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
        && written == bytes.Length
        && IsTextOf(bytes, text);

    private static bool IsTextOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text)
    {
        Span<char> written = stackalloc char[TextLength(KeyRing.MaxPrevious)];
        return written[..Base64Url.EncodeToChars(bytes, written)].SequenceEqual(text);
    }

    // Every secret is tried, whichever fits: the time tells nothing.
    private static GatewayKeys? Signer(GatewayKeys keys, ReadOnlySpan<byte> bytes)
    {
        GatewayKeys? signer = null;
        foreach (var secret in keys.WithPrevious)
        {
            var signature = HMACSHA256.HashData(secret.Ticket, bytes[..^SignatureBytes]);
            signer = CryptographicOperations.FixedTimeEquals(signature, bytes[^SignatureBytes..]) ? secret : signer;
        }

        return signer;
    }

    private static ReadOnlySpan<byte> HashOrigin(GatewayKeys keys, string? origin) => origin is null
        ? new byte[OriginBytes]
        : HMACSHA256.HashData(keys.Ticket, Encoding.UTF8.GetBytes("origin " + origin)).AsSpan(0, OriginBytes);

    /// <inheritdoc />
    public override string ToString() => "[ticket]";
}
