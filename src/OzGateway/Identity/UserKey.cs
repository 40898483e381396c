using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Identity;

/// <summary>A keyed hash that names a user: 32 bytes. The identifier it was made from goes no further than here.</summary>
internal sealed class UserKey : IEquatable<UserKey>
{
    /// <summary>Bytes of a user key.</summary>
    public const int Length = 32;

    private UserKey(byte[] bytes, IReadOnlyList<UserKey> former) => (Bytes, Former) = (bytes, former);

    /// <summary>The 32 bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>Names of the same user under previous secrets, newest first: what was counted or issued under them is still this user's.</summary>
    public IReadOnlyList<UserKey> Former { get; }

    /// <summary>All names of the user, oldest first: the order in which they are asked for attempts.</summary>
    public IEnumerable<UserKey> Names => Former.Reverse().Append(this);

    /// <summary>The user as Oz may know it: <c>u1_</c> and the base64url of the key, 46 characters.</summary>
    public string Pseudonym => "u1_" + Base64Url.EncodeToString(Bytes);

    /// <summary>The key of an identifier from a verified claim or header, or as the backend writes it.</summary>
    public static UserKey OfIdentifier(GatewayKeys keys, string identifier) => Of(keys, "id:", identifier);

    /// <summary>The key of a client address (IPv6 by its /64).</summary>
    public static UserKey OfAddress(GatewayKeys keys, string address) => Of(keys, "address:", address);

    /// <summary>The key as a ticket carries it, 32 bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="former">Names of the same user under previous secrets, newest first.</param>
    public static UserKey FromBytes(ReadOnlySpan<byte> bytes, params IReadOnlyList<UserKey> former) => bytes.Length == Length
        ? new UserKey(bytes.ToArray(), former)
        : throw new ArgumentException($"A user key has {Length} bytes.", nameof(bytes));

    /// <summary>Whether a name, perhaps one under a previous secret, is this user's.</summary>
    public bool Includes(UserKey name) => Former.Count == 0 ? Equals(name) : Former.Aggregate(Equals(name), (found, former) => found | former.Equals(name));

    /// <inheritdoc />
    public bool Equals(UserKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as UserKey);

    /// <inheritdoc />
    public override int GetHashCode() => BitConverter.ToInt32(Bytes, 0);

    /// <inheritdoc />
    public override string ToString() => "[user]";

    private static UserKey Of(GatewayKeys keys, string domain, string identifier) => new(
        HMACSHA256.HashData(keys.User, Encoding.UTF8.GetBytes(domain + identifier)),
        keys.Previous.Count == 0 ? [] : [.. keys.Previous.Select(former => Of(former, domain, identifier))]);
}
