using Microsoft.AspNetCore.Connections;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>How many connections a door holds. The server's own limit has one number for all doors; here a flood at one leaves the others open.</summary>
internal sealed partial class ConnectionLimit(Door door, int limit, GatewayMetrics metrics, ILogger<ConnectionLimit> logger)
{
    private int _open;
    private int _isFull;

    /// <summary>Takes a connection, or closes it before a byte is read.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">What serves it.</param>
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= limit)
            {
                await next(connection);
                return;
            }

            metrics.ConnectionRefused(TelemetryNames.Word(door));
            if (Interlocked.Exchange(ref _isFull, 1) == 0)
            {
                Log.Full(logger, door, limit);
            }

            connection.Abort(new ConnectionAbortedException("The door is full."));
        }
        finally
        {
            if (Interlocked.Decrement(ref _open) < limit)
            {
                Volatile.Write(ref _isFull, 0);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DoorFull, LogLevel.Warning, "The {Door} door holds its limit of {Limit} connections; further ones are closed.", EventName = "DoorFull")]
        internal static partial void Full(ILogger logger, Door door, int limit);
    }
}
