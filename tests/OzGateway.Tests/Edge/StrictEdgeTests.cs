using System.Net.Sockets;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>What two readers could understand differently is refused, and the adapter sees nothing of it.</summary>
public sealed class StrictEdgeTests
{
    private const string Rest = "Host: x\r\nContent-Type: application/json\r\n";

    [Theory]
    [InlineData("POST /tm.php HTTP/1.1\r\n" + Rest + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("POST /tm.php HTTP/1.1\r\n" + Rest + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("POST /tm.php HTTP/1.0\r\n" + Rest + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("GET /plugin/a HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("GET /plugin/..%2fdebug.php HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin/%2E%2E/debug.php HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin/../plugin_liveness.php HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin/./a HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin//a HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin/a%00b HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin/a%252fb HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin/a;b HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /plugin\\a HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET http://x/plugin/a HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n")]
    [InlineData("TRACE /plugin/a HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task An_ambiguous_head_is_refused(string head)
    {
        await using var run = await GatewayRun.StartAsync();

        var answer = await SendAsync(run.Public, head);

        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.Contains("Connection: close", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(run.Simulator.Received.All);
    }

    [Fact]
    public async Task A_plain_head_passes()
    {
        await using var run = await GatewayRun.StartAsync();

        var answer = await SendAsync(run.Public, "GET /plugin/liveness.css?v=1%2f2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Single(run.Simulator.Received.All);
    }

    private static async Task<string> SendAsync(Uri door, string head)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(door.Host, door.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20)); // the gateway closes
    }
}
