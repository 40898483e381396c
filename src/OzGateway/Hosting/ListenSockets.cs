using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OzGateway.Hosting;

/// <summary>
/// Sockets whose connections the system ends by itself when the other side takes nothing. The server counts what it handed to the system as
/// taken: some megabytes, and with them minutes at the lowest rate, for a client that never reads.
/// </summary>
internal static class ListenSockets
{
    // Of netinet/tcp.h: how long sent bytes may stay unacknowledged, or unsent because the other side's window is closed.
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;

    /// <summary>Makes the doors listen on such sockets; each connection has what its listener has.</summary>
    public static void AddTo(IServiceCollection services, DoorLimitsPolicy limits)
    {
        if (OperatingSystem.IsLinux())
        {
            services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = endPoint => Open(endPoint, limits.SendTimeout));
        }
    }

    private static Socket Open(EndPoint endPoint, TimeSpan sendTimeout)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes((int)sendTimeout.TotalMilliseconds));
        return socket;
    }
}
