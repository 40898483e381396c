using System.Net;
using System.Net.Sockets;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>How many connections a door holds.</summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task One_connection_more_is_closed_and_the_other_doors_stay_open()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicDoor = ", connections: 2, connections_per_address: 2" });
        using var first = await AnsweredAsync(run.Public);
        using var second = await AnsweredAsync(run.Public);
        using var third = new TcpClient();

        Assert.Equal(0, await AskAsync(third, run.Public));
        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri(run.Admin, "health/ready"));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Single(run.Logs.Lines, line => line.Event == "DoorFull");
    }

    [Fact]
    public async Task A_connection_that_has_gone_makes_room()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicDoor = ", connections: 1" });
        using (var first = await AnsweredAsync(run.Public))
        {
            await first.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
            while (await ReadAsync(first) > 0)
            {
                // Until the gateway has closed it.
            }
        }

        // The gateway counts it out a moment after the client has seen its end.
        var answered = 0;
        while (answered == 0)
        {
            using var next = new TcpClient();
            answered = await AskAsync(next, run.Public);
        }

        Assert.True(answered > 0);
    }

    [Theory]
    [InlineData(", connections: 4", 0)] // half of them
    [InlineData(", connections: 4, connections_per_address: 2", 0)]
    [InlineData(", connections: 4, connections_per_address: 2, trusted_proxies: [\"127.0.0.1/32\"]", 2)]
    public async Task One_address_takes_no_door_for_itself_and_a_trusted_proxy_may(string door, int furtherAnswered)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicDoor = door });
        using var refused = new MetricRecorder(run, "ozgateway.connections.refused");
        using var first = await AnsweredAsync(run.Public);
        using var second = await AnsweredAsync(run.Public);
        using var third = new TcpClient();
        using var fourth = new TcpClient();

        var answered = new[] { await AskAsync(third, run.Public), await AskAsync(fourth, run.Public) }.Count(bytes => bytes > 0);

        Assert.Equal(furtherAnswered, answered);
        Assert.Equal(Enumerable.Repeat("address_full", 2 - furtherAnswered), refused.Tags("ozgateway.reason"));
        Assert.Equal(furtherAnswered == 0 ? 1 : 0, run.Logs.Lines.Count(line => line.Event == "AddressFull"));
    }

    [Fact]
    public async Task Another_address_is_not_held_to_the_connections_of_the_first()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicDoor = ", connections: 4, connections_per_address: 1" });
        using var first = await AnsweredAsync(run.Public);
        using var other = new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));

        Assert.True(await AskAsync(other, run.Public) > 0);
    }

    private static async Task<TcpClient> AnsweredAsync(Uri door)
    {
        var client = new TcpClient();
        Assert.True(await AskAsync(client, door) > 0);
        return client;
    }

    private static async Task<int> AskAsync(TcpClient client, Uri door)
    {
        try
        {
            await client.ConnectAsync(door.Host, door.Port);
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            return 0;
        }

        return await ReadAsync(client);
    }

    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[4096]);
        }
        catch (IOException)
        {
            return 0; // a reset says the same as an end
        }
    }
}
