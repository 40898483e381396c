using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>The doors as they are bound: a configured port of 0 learns its number here.</summary>
internal sealed class Doors
{
    private readonly Dictionary<Door, ListenOptions> _listeners = [];

    /// <summary>Port of a door; the real one once the program has started.</summary>
    public int PortOf(Door door) => _listeners[door].IPEndPoint!.Port;

    /// <summary>Opens every door when the server starts.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="hosting">Where, and how they are spoken to.</param>
    public void Open(KestrelServerOptions kestrel, HostingPolicy hosting)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        hosting.Limits.Apply(kestrel.Limits);
        foreach (var (door, policy) in hosting.Doors)
        {
            kestrel.Listen(policy.Address, listener => Open(door, policy, hosting.Limits.HandshakeTimeout, listener));
        }
    }

    private void Open(Door door, DoorPolicy policy, TimeSpan handshakeTimeout, ListenOptions listener)
    {
        var services = listener.ApplicationServices;
        // What the end of the drain cuts is connections: everything behind them then ends in its own orderly way.
        var cut = services.GetRequiredService<DrainLifetime>().Cut;
        var limit = new ConnectionLimit(door, policy, services.GetRequiredService<GatewayMetrics>(), services.GetRequiredService<ILogger<ConnectionLimit>>());
        _listeners[door] = listener;
        listener.Protocols = policy.Protocols.Aggregate(HttpProtocols.None, (all, protocol) => all | (protocol == DoorProtocol.Http1 ? HttpProtocols.Http1 : HttpProtocols.Http2));
        listener.Use(next => connection => limit.OnConnectionAsync(connection, next));
        listener.Use(next => connection =>
        {
            connection.Features.Set(new DoorFeature(door));
            return next(connection);
        });
        listener.Use(next => async connection =>
        {
            await using (cut.UnsafeRegister(static context => ((ConnectionContext)context!).Abort(), connection))
            {
                await next(connection);
            }
        });
        if (policy.Tls is not null)
        {
            var tls = services.GetRequiredService<DoorCertificates>().Of(door);
            listener.UseHttps(new TlsHandshakeCallbackOptions { HandshakeTimeout = handshakeTimeout, OnConnection = _ => ValueTask.FromResult(tls.Current) });
        }
    }
}
