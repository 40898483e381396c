using System.Net;
using Microsoft.AspNetCore.Connections;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>
/// How many connections a door holds, and how many of them for one address. The server's own limit has one number for all doors; here a flood
/// at one leaves the others open, and no address takes a door for itself.
/// </summary>
internal sealed partial class ConnectionLimit(Door door, DoorPolicy policy, GatewayMetrics metrics, ILogger<ConnectionLimit> logger)
{
    private readonly Dictionary<string, int> _byAddress = [];

    private int _open;
    private int _isFull;
    private int _isFullForOne;

    /// <summary>Takes a connection, or closes it before a byte is read.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">What serves it.</param>
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = AddressOf(connection);
        try
        {
            var ofOne = address is null ? 0 : Count(address, 1);
            if (Interlocked.Increment(ref _open) > policy.ConnectionLimit)
            {
                Refuse(connection, ConnectionRefusal.DoorFull);
            }
            else if (ofOne > policy.ConnectionsPerAddress)
            {
                Refuse(connection, ConnectionRefusal.AddressFull);
            }
            else
            {
                await next(connection);
            }
        }
        finally
        {
            if (Interlocked.Decrement(ref _open) < policy.ConnectionLimit)
            {
                Volatile.Write(ref _isFull, 0);
            }

            if (address is not null && Count(address, -1) == policy.ConnectionsPerAddress - 1)
            {
                Volatile.Write(ref _isFullForOne, 0);
            }
        }
    }

    // Null where the limit of one is the limit of all, and for a proxy, whose connections are those of its many clients.
    private string? AddressOf(ConnectionContext connection) =>
        policy.ConnectionsPerAddress < policy.ConnectionLimit && connection.RemoteEndPoint is IPEndPoint { Address: var address } && !policy.Proxies.Include(address)
            ? ClientAddressSource.Default.Network(TrustedProxies.Plain(address)) : null;

    private int Count(string address, int change)
    {
        lock (_byAddress)
        {
            var count = _byAddress.GetValueOrDefault(address) + change;
            if (count == 0)
            {
                _byAddress.Remove(address);
            }
            else
            {
                _byAddress[address] = count;
            }

            return count;
        }
    }

    private void Refuse(ConnectionContext connection, ConnectionRefusal reason)
    {
        metrics.ConnectionRefused(TelemetryNames.Word(door), TelemetryNames.Word(reason));
        if (reason is ConnectionRefusal.DoorFull && Interlocked.Exchange(ref _isFull, 1) == 0)
        {
            Log.Full(logger, door, policy.ConnectionLimit);
        }

        if (reason is ConnectionRefusal.AddressFull && Interlocked.Exchange(ref _isFullForOne, 1) == 0)
        {
            Log.FullForOne(logger, door, policy.ConnectionsPerAddress);
        }

        connection.Abort(new ConnectionAbortedException("The door is full."));
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DoorFull, LogLevel.Warning, "The {Door} door holds its limit of {Limit} connections; further ones are closed.", EventName = "DoorFull")]
        internal static partial void Full(ILogger logger, Door door, int limit);

        [LoggerMessage(EventIds.AddressFull, LogLevel.Warning, "One address holds its limit of {Limit} connections at the {Door} door; further ones of it are closed. A proxy belongs into doors.public.trusted_proxies.", EventName = "AddressFull")]
        internal static partial void FullForOne(ILogger logger, Door door, int limit);
    }
}

/// <summary>Why a connection is closed before a byte of it is read.</summary>
internal enum ConnectionRefusal
{
    /// <summary>The door holds as many as it may.</summary>
    DoorFull,

    /// <summary>The address holds as many as it may.</summary>
    AddressFull,
}
