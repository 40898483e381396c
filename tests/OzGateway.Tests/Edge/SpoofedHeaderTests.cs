using System.Net.Sockets;
using System.Text;
using OzGateway.Simulator.Wire;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>What a client says of itself, of where it came from and of who it is does not reach the adapter, in whatever spelling.</summary>
public sealed class SpoofedHeaderTests
{
    private const string Marker = "spoofed-7f3a";

    private static readonly string[] Names =
    [
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded-User", "X-Forwarded-Client-Cert", "Forwarded", "Via",
        "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP", "X-Original-URL", "X-Rewrite-URL", "X-Original-Host", "X-Host", "X-User", "X-Remote-User", "Remote-User",
        "X-Auth-User", "Proxy-Authorization", "X-Forensic-Access-Token", "Authorization", "X-Api-Key", "OzGateway-User", "OzGateway-Transaction-Id", "X-Request-Id", "tracestate", "baggage", "Referer",
        "X-SSL-Client-Cert", "X-Amzn-Trace-Id", "From",
    ];

    private static readonly string[] Spellings =
        [.. Names.SelectMany(name => new[] { name, name.ToUpperInvariant(), name.Replace('-', '_'), name.ToUpperInvariant().Replace('-', '_') }).Distinct()];

    [Theory]
    [InlineData("")]
    [InlineData(", trusted_proxies: [\"127.0.0.1/32\"]")] // such a proxy names an address, and nothing else
    public async Task None_of_them_arrives(string door)
    {
        await using var adapter = new WireAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{adapter.Address}\"", PublicDoor = door });
        var heads = Spellings.Select(name => $"{name}: {Marker}\r\n").ToList();
        foreach (var head in heads)
        {
            await SendAsync(run.Public, $"GET /plugin/a.css HTTP/1.1\r\nHost: pages.example\r\n{head}Connection: close, X-Forwarded-For, X-Forwarded-Host\r\n\r\n");
        }

        Assert.Equal(heads.Count, adapter.Received.Count);
        Assert.All(adapter.Received, request =>
        {
            Assert.DoesNotContain(Marker, string.Concat(request.Headers), StringComparison.OrdinalIgnoreCase);
            Assert.Equal("127.0.0.1|pages.example|http|1.1 ozgateway",
                string.Join("|", new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via" }.SelectMany(name => request.Values(name))));
        });
    }

    [Theory]
    [InlineData("", "v=1&w=2", "")]
    [InlineData("pass: { headers: [X-Plugin], query: [v] },", "v=1", "X-Plugin: p")]
    [InlineData("pass: { query: [], dangerous_credentials: [authorization, x_forensic_access_token] },", "", "Authorization: a|X-Forensic-Access-Token: t")]
    public async Task What_passes_besides_is_what_the_route_lists(string pass, string query, string headers)
    {
        await using var adapter = new WireAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Destinations = $"\"{adapter.Address}\"",
            Routes = $"  - {{ id: files, role: static, {pass} match: {{ paths: [\"/files/{{**file}}\"] }}, upstream: web_adapter }}",
        });

        await SendAsync(run.Public, "GET /files/a.css?v=1&result_mode=full&w=2 HTTP/1.1\r\nHost: x\r\nX-Plugin: p\r\nX_Plugin: q\r\nAuthorization: a\r\nX-Forensic-Access-Token: t\r\nConnection: close\r\n\r\n");

        var request = Assert.Single(adapter.Received);
        Assert.Equal(query.Length == 0 ? "GET /files/a.css" : $"GET /files/a.css?{query}", request.Call);
        Assert.Equal(headers, string.Join('|', request.Headers.Where(line => line[0] is 'A' or 'X' && !line.StartsWith("X-Forwarded", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_session_cookie_passes_as_it_was_written_and_brings_no_other_with_it()
    {
        await using var adapter = new WireAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{adapter.Address}\"", Session = "session: { cookies: [sess] }" });

        await SendAsync(run.Public, "GET /plugin/a.css HTTP/1.1\r\nHost: x\r\nCookie: a=1; sess=x%3B%20admin=1%0d%0a; SESS=2; sess=\"y\"; sess=z z\r\nConnection: close\r\n\r\n");

        Assert.Equal("sess=x%3B%20admin=1%0d%0a; sess=\"y\"", Assert.Single(Assert.Single(adapter.Received).Values("Cookie")));
    }

    [Theory]
    [InlineData("pages.example", "HTTP/1.1 200 ")]
    [InlineData("PAGES.example:8443", "HTTP/1.1 200 ")]
    [InlineData("pages.example.evil", "HTTP/1.1 421 ")]
    [InlineData("127.0.0.1", "HTTP/1.1 421 ")]
    [InlineData("user@pages.example", "HTTP/1.1 400 ")]
    [InlineData("pages.example:99999", "HTTP/1.1 400 ")]
    [InlineData("pages.example, other", "HTTP/1.1 400 ")]
    [InlineData("pages%2eexample", "HTTP/1.1 400 ")]
    public async Task Only_hosts_that_are_listed_are_served(string host, string expected)
    {
        await using var adapter = new WireAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{adapter.Address}\"", PublicDoor = ", hosts: [pages.example]" });

        var answer = await SendAsync(run.Public, $"GET /plugin/a.css HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.Equal(expected.Contains("200", StringComparison.Ordinal) ? 1 : 0, adapter.Received.Count);
    }

    private static async Task<string> SendAsync(Uri gateway, string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }
}
