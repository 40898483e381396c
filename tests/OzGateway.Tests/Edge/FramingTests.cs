using System.Net.Sockets;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>A body whose end two readers see in different places carries no second request through.</summary>
public sealed class FramingTests : IAsyncLifetime
{
    private const string Smuggled = "GET /plugin/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    private GatewayRun _run = null!;

    public async Task InitializeAsync() => _run = await GatewayRun.StartAsync();

    public async Task DisposeAsync() => await _run.DisposeAsync();

    [Theory]
    [InlineData("two lengths", "POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 60\r\n\r\n{}")]
    [InlineData("a list of lengths", "POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 60\r\n\r\n{}")]
    [InlineData("a length in hex", "POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: 0x2\r\n\r\n{}")]
    [InlineData("a negative length", "POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}")]
    [InlineData("an unknown coding", "POST /tm.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("chunked twice", "POST /tm.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("two codings", "POST /tm.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n")]
    [InlineData("identity", "POST /tm.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("a space before the colon", "POST /tm.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("a folded line", "POST /tm.php HTTP/1.1\r\nHost: x\r\nX-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("a bare line feed in a head", "POST /tm.php HTTP/1.1\r\nHost: x\r\nX-A: b\rContent-Length: 2\r\n\r\n{}")]
    [InlineData("a null in a head", "POST /tm.php HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("length and chunks", "POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a broken chunk size", "POST /tm.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a chunk longer than said", "POST /tm.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("two hosts", "POST /tm.php HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("no host", "POST /tm.php HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("a host that is none", "POST /tm.php HTTP/1.1\r\nHost: x y\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("an unknown version", "POST /tm.php HTTP/1.2\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")]
    public async Task Nothing_behind_it_is_read_as_a_request(string what, string head)
    {
        var answer = await SendAsync(head + Smuggled);

        Assert.DoesNotMatch("HTTP/1.1 2[0-9][0-9] ", answer);
        Assert.Matches(answer.Length == 0 ? "^$" : "^HTTP/1.1 [45][0-9][0-9] ", answer);
        Assert.DoesNotContain(_run.Simulator.Received.All, request => request.Path.Contains("smuggled", StringComparison.Ordinal));
        Assert.DoesNotContain(_run.Simulator.Received.All, request => request.Complete && request.BodyLength > 0);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task A_second_request_on_one_connection_is_a_request_of_its_own()
    {
        await SendAsync("POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}GET /debug.php HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Equal("/tm.php", Assert.Single(_run.Simulator.Received.All).Path); // the blocked one never left
    }

    [Fact]
    public async Task A_signed_length_which_the_server_takes_is_handed_on_as_its_digits()
    {
        await SendAsync("POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\nConnection: close\r\n\r\n{}");

        var received = Assert.Single(_run.Simulator.Received.All);
        Assert.Equal(("2", "{}"), (received.Header("Content-Length"), received.BodyText));
    }

    private async Task<string> SendAsync(string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_run.Public.Host, _run.Public.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (IOException)
        {
            return ""; // cut off without a word
        }
    }
}
