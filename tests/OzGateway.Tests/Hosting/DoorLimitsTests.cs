using System.Net.Sockets;
using OzGateway.Hosting;
using OzGateway.Problems;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>What one connection may ask.</summary>
public sealed class DoorLimitsTests
{
    [Fact]
    public void Nothing_is_unlimited_where_nothing_is_written()
    {
        var policy = DoorLimitsPolicy.Create(new DoorLimitsOptions(), new ConfigurationErrors());
        var limits = new Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerLimits();

        policy.Apply(limits);

        Assert.Equal(
            (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(130), 8 << 10, 32 << 10, 100),
            (limits.RequestHeadersTimeout, limits.KeepAliveTimeout, limits.MaxRequestLineSize, limits.MaxRequestHeadersTotalSize, limits.MaxRequestHeaderCount));
        Assert.Equal(TimeSpan.FromSeconds(30), policy.SendTimeout);
        Assert.Equal(
            (100, 16 << 10, 4 << 10, 32 << 10, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20)),
            (limits.Http2.MaxStreamsPerConnection, limits.Http2.MaxFrameSize, limits.Http2.HeaderTableSize, limits.Http2.MaxRequestHeaderFieldSize, limits.Http2.KeepAlivePingDelay, limits.Http2.KeepAlivePingTimeout));
        Assert.Equal((768 << 10, 1 << 20), (limits.Http2.InitialStreamWindowSize, limits.Http2.InitialConnectionWindowSize));
    }

    [Fact]
    public async Task A_written_limit_holds_on_the_wire()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { DoorLimits = "headers: 10" });
        using var client = new TcpClient();
        await client.ConnectAsync(run.Public.Host, run.Public.Port);
        var heads = string.Concat(Enumerable.Range(0, 11).Select(header => $"X-{header}: x\r\n"));

        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: x\r\n{heads}\r\n"));
        using var reader = new StreamReader(client.GetStream());

        Assert.Equal("HTTP/1.1 431 Request Header Fields Too Large", await reader.ReadLineAsync());
    }
}
