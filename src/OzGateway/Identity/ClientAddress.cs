using System.Net;
using System.Net.Sockets;

namespace OzGateway.Identity;

/// <summary>Where a request comes from, as far as it tells people apart.</summary>
internal static class ClientAddress
{
    /// <summary>The address; of IPv6 the /64, for one subscriber holds all of it and is free to change the rest. Null where there is no connection.</summary>
    public static string? NetworkOf(HttpContext context) => context.Connection.RemoteIpAddress is { } peer ? NetworkOf(peer) : null;

    /// <summary>The same of an address.</summary>
    public static string NetworkOf(IPAddress address) => Network(Plain(address));

    /// <summary>The address without the clothes of IPv6.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string Network(IPAddress address) => address.AddressFamily is AddressFamily.InterNetworkV6
        ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
        : address.ToString();
}
