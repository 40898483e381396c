using System.Net.Sockets;
using System.Text;
using OzGateway.Simulator.Wire;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>What proxies in front say of the client: believed of those that are listed, and as far as they vouch for each other.</summary>
public sealed class TrustedProxyTests
{
    private const string Listed = ", trusted_proxies: [\"127.0.0.1/32\", \"10.0.0.0/8\"]";

    [Theory]
    [InlineData("", "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https", "127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-Proto: https", "127.0.0.1", "https")]
    [InlineData(Listed, "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https", "192.0.2.1, 127.0.0.1", "https")]
    [InlineData(Listed, "X-Forwarded-For: 192.0.2.1, 10.0.0.7", "192.0.2.1, 10.0.0.7, 127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 10.0.0.7", "192.0.2.1, 10.0.0.7, 127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-For: spoofed, 192.0.2.1, 10.0.0.7", "192.0.2.1, 10.0.0.7, 127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-For: 203.0.113.9, 192.0.2.1", "192.0.2.1, 127.0.0.1", "http")] // whom nobody vouches for
    [InlineData(Listed, "X-Forwarded-For: 192.0.2.1, spoofed", "127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-For: 2001:db8::1", "2001:db8::1, 127.0.0.1", "http")]
    [InlineData(Listed, "X_Forwarded_For: 192.0.2.1\r\nX_Forwarded_Proto: https", "127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-Proto: https, http", "127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http", "127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-Proto: javascript", "127.0.0.1", "http")]
    [InlineData(Listed, "X-Forwarded-Host: spoofed\r\nX-Forwarded-Prefix: /spoofed\r\nForwarded: for=spoofed", "127.0.0.1", "http")]
    public async Task The_adapter_is_told_the_way_as_far_as_it_is_believed(string proxies, string headers, string way, string scheme)
    {
        var request = await ArriveAsync(new GatewaySettings { PublicDoor = proxies }, headers);

        Assert.Equal([way], request.Values("X-Forwarded-For"));
        Assert.Equal([scheme], request.Values("X-Forwarded-Proto"));
        Assert.Equal(["x"], request.Values("X-Forwarded-Host"));
        Assert.DoesNotContain("spoofed", string.Concat(request.Headers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_words_of_RFC_7239_too()
    {
        var request = await ArriveAsync(
            new GatewaySettings { PublicDoor = Listed, Upstream = "    forwarded: forwarded" }, "X-Forwarded-For: 203.0.113.9, 2001:db8::1, 10.0.0.7\r\nX-Forwarded-Proto: https");

        Assert.Equal("for=\"[2001:db8::1]\", for=10.0.0.7, proto=https;host=\"x\";for=127.0.0.1", string.Join("|", request.Values("Forwarded")));
        Assert.Empty(request.Values("X-Forwarded-For"));
    }

    [Fact]
    public async Task Where_a_listed_proxy_ends_TLS_browsers_are_told_to_keep_to_it()
    {
        var settings = new GatewaySettings { PublicDoor = Listed, Browser = "browser: { hsts: 365d }" };

        Assert.Contains("Strict-Transport-Security: max-age=31536000", await AnswerAsync(settings, "X-Forwarded-Proto: https"), StringComparison.Ordinal);
        Assert.DoesNotContain("Strict-Transport-Security", await AnswerAsync(settings with { PublicDoor = "" }, "X-Forwarded-Proto: https"), StringComparison.Ordinal);
    }

    private static async Task<WireRequest> ArriveAsync(GatewaySettings settings, string headers)
    {
        await using var adapter = new WireAdapter();
        await AnswerAsync(settings with { Destinations = $"\"{adapter.Address}\"" }, headers);
        return Assert.Single(adapter.Received);
    }

    private static async Task<string> AnswerAsync(GatewaySettings settings, string headers)
    {
        await using var run = await GatewayRun.StartAsync(settings: settings);
        using var client = new TcpClient();
        await client.ConnectAsync(run.Public.Host, run.Public.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /plugin/a.css HTTP/1.1\r\nHost: x\r\n{headers}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
