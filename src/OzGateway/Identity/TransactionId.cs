using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OzGateway.Identity;

/// <summary>
/// Names one attempt end to end: <c>oz1_</c> and the base64url of 16 random bytes, 4 bytes issue minute and
/// 8 bytes of an HMAC over both and the user key; 42 characters of <c>[A-Za-z0-9_-]</c>.
/// It proves by itself, together with its user, that it was issued here and when.
/// </summary>
internal sealed class TransactionId : IEquatable<TransactionId>
{
    /// <summary>Characters of an id.</summary>
    public const int TextLength = 42;

    /// <summary>Bytes of an id.</summary>
    public const int Length = RandomBytes + MinuteBytes + ProofBytes;

    private const string Prefix = "oz1_";
    private const int RandomBytes = 16;
    private const int MinuteBytes = 4;
    private const int ProofBytes = 8;

    private readonly byte[] _bytes;

    private TransactionId(byte[] bytes) => _bytes = bytes;

    /// <summary>The id as Oz, the page and the backend write it. Not for logs.</summary>
    public string Text => Prefix + Base64Url.EncodeToString(_bytes);

    /// <summary>The 28 bytes behind the text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Start of the minute in which it was issued.</summary>
    public DateTimeOffset IssuedAt =>
        DateTimeOffset.FromUnixTimeSeconds(60L * BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(RandomBytes)));

    /// <summary>Makes a fresh id for a user.</summary>
    public static TransactionId Issue(GatewayKeys keys, UserKey user, DateTimeOffset now)
    {
        var bytes = new byte[Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, RandomBytes));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(RandomBytes), (uint)(now.ToUnixTimeSeconds() / 60));
        Proof(keys, user, bytes).CopyTo(bytes.AsSpan(RandomBytes + MinuteBytes));
        return new TransactionId(bytes);
    }

    /// <summary>Reads the form alone; whether it was issued here says <see cref="IsIssuedTo"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TransactionId? id)
    {
        id = null;
        if (text is not { Length: TextLength } || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text.AsSpan(Prefix.Length).ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        var bytes = new byte[Length];
        // One id has one text: bits that base64url leaves over must be zero, else the decoder says invalid.
        if (Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _, out var written) != OperationStatus.Done || written != Length)
        {
            return false;
        }

        id = new TransactionId(bytes);
        return id.Text == text;
    }

    /// <summary>The id as a ticket carries it, 28 bytes.</summary>
    public static TransactionId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new TransactionId(bytes.ToArray())
        : throw new ArgumentException($"A transaction id has {Length} bytes.", nameof(bytes));

    /// <summary>Whether this gateway issued the id to this user, under the present secret or a previous one. Constant time; no store is asked.</summary>
    public bool IsIssuedTo(GatewayKeys keys, UserKey user)
    {
        var proof = _bytes.AsSpan(RandomBytes + MinuteBytes);
        var issued = false;
        foreach (var secret in keys.WithPrevious)
        {
            foreach (var name in user.Former.Prepend(user))
            {
                issued |= CryptographicOperations.FixedTimeEquals(Proof(secret, name, _bytes), proof);
            }
        }

        return issued;
    }

    /// <summary>What may stand in logs, spans, audit and support tickets: a keyed hash, 16 characters.</summary>
    public string SupportRef(GatewayKeys keys) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(keys.Support, _bytes).AsSpan(0, 12));

    /// <inheritdoc />
    public bool Equals(TransactionId? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as TransactionId);

    /// <inheritdoc />
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(_bytes);

    /// <inheritdoc />
    public override string ToString() => "[transaction]";

    private static ReadOnlySpan<char> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static byte[] Proof(GatewayKeys keys, UserKey user, ReadOnlySpan<byte> bytes)
    {
        Span<byte> input = stackalloc byte[RandomBytes + MinuteBytes + UserKey.Length];
        bytes[..(RandomBytes + MinuteBytes)].CopyTo(input);
        user.Bytes.CopyTo(input[(RandomBytes + MinuteBytes)..]);
        return HMACSHA256.HashData(keys.Transaction, input)[..ProofBytes];
    }
}
