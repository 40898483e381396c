using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OzGateway.Identity;
using Yarp.ReverseProxy.Model;

namespace OzGateway.Forwarding;

/// <summary>
/// Which adapter a session is on. In a cookie: a random text and a code over it and the adapter's address, so that the cookie cannot be
/// made, does not tell the address, and no two of them can be compared. By a hash: each value ranks the adapters, keyed and the same in
/// every replica; when one goes, only its own sessions move.
/// </summary>
internal static class AffinityKey
{
    private const int NonceBytes = 8;
    private const int CodeBytes = 16;

    /// <summary>A fresh value of the cookie.</summary>
    public static string Sign(GatewayKeys keys, string upstream, DestinationState destination)
    {
        Span<byte> bytes = stackalloc byte[NonceBytes + CodeBytes];
        RandomNumberGenerator.Fill(bytes[..NonceBytes]);
        Code(keys, bytes[..NonceBytes], upstream, destination).CopyTo(bytes[NonceBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The adapter that a cookie means; null where it is not ours or its adapter is no more.</summary>
    public static DestinationState? Find(GatewayKeys keys, string upstream, string value, IReadOnlyList<DestinationState> destinations)
    {
        Span<byte> bytes = stackalloc byte[NonceBytes + CodeBytes];
        if (value.Length != Base64Url.GetEncodedLength(bytes.Length)
            || Base64Url.DecodeFromChars(value, bytes, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != bytes.Length)
        {
            return null;
        }

        DestinationState? found = null;
        foreach (var destination in destinations)
        {
            if (CryptographicOperations.FixedTimeEquals(Code(keys, bytes[..NonceBytes], upstream, destination), bytes[NonceBytes..]))
            {
                found = destination;
            }
        }

        return found;
    }

    /// <summary>The adapters in the order in which a value prefers them.</summary>
    public static IEnumerable<DestinationState> Rank(GatewayKeys keys, string upstream, string value, IReadOnlyList<DestinationState> destinations)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return destinations.OrderBy(destination => Convert.ToHexString(Code(keys, bytes, upstream, destination)), StringComparer.Ordinal);
    }

    private static Span<byte> Code(GatewayKeys keys, ReadOnlySpan<byte> value, string upstream, DestinationState destination)
    {
        byte[] meant = [.. Encoding.UTF8.GetBytes($"{upstream}\n{destination.Model.Config.Address}\n"), .. value];
        return HMACSHA256.HashData(keys.Affinity, meant).AsSpan(0, CodeBytes);
    }
}
