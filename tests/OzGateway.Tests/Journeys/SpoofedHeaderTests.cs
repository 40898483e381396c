using System.Net;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>What a client says about itself in headers reaches nobody: the adapter sees what the gateway knows.</summary>
public sealed class SpoofedHeaderTests
{
    private const string Spoof = "203.0.113.66-spoofed";

    private static readonly string[] Names =
    [
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded-User",
        "X-Forwarded-Email", "X-Forwarded-Groups", "X-Forwarded-Preferred-Username", "X-Forwarded-Access-Token", "X-Forwarded-Client-Cert", "X-Forwarded-Uri",
        "X-Forwarded-Method", "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP",
        "X-Original-URL", "X-Rewrite-URL", "X-Original-Host", "X-Host", "X-User", "X-User-Id", "X-Remote-User", "Remote-User", "X-Auth-Request-User",
        "X-Auth-Request-Email", "X-Authenticated-User", "X-SSL-Client-Cert", "X-SSL-Client-Verify", "X-Client-Cert", "X-Client-DN", "X-Forensic-Access-Token",
        "X-Forensic-User", "X-HTTP-Method-Override", "X-Envoy-External-Address", "X-Envoy-Original-Path", "X-Transaction-Id", "OzGateway-User", "OzGateway-Transaction-Id",
        "Proxy-Authorization", "Proxy-Connection", "Authorization",
    ];

    private static readonly string[] Ways = ["as it is", "underscores", "capitals", "lower case", "connection"];

    public static TheoryData<string> Spellings => [.. Ways];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_spoofed_header_in_any_spelling_reaches_no_adapter(string spelling)
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();

        var submitted = await browser.SubmitAsync(change: request => Spoil(request, spelling));
        var polled = await browser.SendAsync(Spoiled(run.Simulator.Dialect.Poll(run.Public, browser.AdapterSession), spelling));
        var script = await browser.SendAsync(Spoiled(new HttpRequestMessage(HttpMethod.Get, new Uri(run.Public, "plugin_liveness.php")), spelling));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (submitted.Status, polled.Status, script.Status));
        Assert.Equal(4, run.Simulator.Received.All.Count);
        Assert.All(run.Simulator.Received.All, received =>
        {
            Assert.DoesNotContain(received.Headers, header => header.Value.Contains(Spoof, StringComparison.Ordinal));
            Assert.DoesNotContain(received.Headers, header => header.Key.Contains('_', StringComparison.Ordinal));
            Assert.Equal("127.0.0.1", received.Header("X-Forwarded-For"));
            Assert.Equal(run.Public.Authority, received.Header("X-Forwarded-Host"));
        });
    }

    [Fact]
    public async Task A_spoofed_header_names_no_user_and_opens_no_second_budget()
    {
        var settings = new GatewaySettings
        {
            Attempts = "windows: [{ permit_limit: 1, window: 15m }]",
            Sources = """
                    - header: { name: X-User, trusted_proxies: ["192.0.2.0/24"] }
                    - client_address: {}
                """,
        };
        await using var run = await GatewayRun.StartAsync(settings: settings);
        var codes = new List<HttpStatusCode>();
        foreach (var spelling in Ways)
        {
            using var browser = run.Browser(user: null);
            await browser.OpenAsync();
            codes.Add((await browser.SubmitAsync(change: request => Spoil(request, spelling))).Status);
        }

        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 4)], codes);
    }

    private static HttpRequestMessage Spoiled(HttpRequestMessage request, string spelling)
    {
        Spoil(request, spelling);
        return request;
    }

    private static void Spoil(HttpRequestMessage request, string spelling)
    {
        foreach (var name in Names)
        {
            var written = spelling switch
            {
                "underscores" => name.Replace('-', '_'),
                "capitals" => name.ToUpperInvariant(),
                "lower case" => name.ToLowerInvariant(),
                _ => name,
            };
            Assert.True(request.Headers.TryAddWithoutValidation(written, Spoof), written);
        }

        if (spelling == "connection")
        {
            // Named here, a header would be taken out by a hop that reads it so: with it the gateway's own would go.
            request.Headers.TryAddWithoutValidation("Connection", "X-Forwarded-For, X-Forwarded-Host, esid");
        }
    }
}
