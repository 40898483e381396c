using System.Net.Sockets;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>What the server refuses by itself, before any middleware, is counted by its reason.</summary>
public sealed class ServerRefusalTests
{
    [Theory]
    [InlineData("GET  / HTTP/1.1\r\nHost: x\r\n\r\n", "400", "server_malformed")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "400", "server_malformed")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n", "400", "server_malformed")]
    [InlineData("GET / HTTP/1.2\r\nHost: x\r\n\r\n", "505", "server_version")]
    [InlineData("POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", "400", "server_malformed")]
    [InlineData("GET /{8200} HTTP/1.1\r\nHost: x\r\n\r\n", "414", "server_head_size")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-A: {40000}\r\n\r\n", "431", "server_head_size")]
    [InlineData("OPTIONS /a HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\n", "400", "server_malformed")]
    public async Task A_bare_refusal_of_the_server_is_counted(string bytes, string status, string reason)
    {
        await using var run = await GatewayRun.StartAsync();
        using var refusals = new MetricRecorder(run, "ozgateway.edge.refusals");

        var answer = await SendAsync(run.Public, bytes.Replace("{8200}", new string('a', 8200), StringComparison.Ordinal).Replace("{40000}", new string('a', 40000), StringComparison.Ordinal));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal([reason], refusals.Tags("ozgateway.reason"));
        Assert.Empty(run.Simulator.Received.All);
    }

    private static async Task<string> SendAsync(Uri door, string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(door.Host, door.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync() ?? "";
    }
}
