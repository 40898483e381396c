using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Which pages may call, by what browsers say of them.</summary>
public sealed class BrowserRulesTests
{
    private const string Bank = "https://bank.example";

    private static readonly GatewaySettings Listed = new() { Browser = $"browser: {{ origins: [\"{Bank}\"], headers: [X-Trace], max_age: 5m }}" };

    [Theory]
    [InlineData("POST", "request.php", true)]
    [InlineData("GET", "config.php", true)]
    [InlineData("POST", "tm.php", true)]
    [InlineData("GET", "plugin_liveness.php", true)]
    [InlineData("POST", "transactions", true)]
    [InlineData("GET", "transactions/current", true)]
    [InlineData("DELETE", "request.php", false)]
    [InlineData("POST", "plugin_liveness.php", false)]
    [InlineData("GET", "transactions", false)]
    [InlineData("POST", "unknown.php", false)]
    [InlineData("CONNECT", "request.php", false)]
    public async Task A_preflight_is_granted_for_routed_paths_and_their_methods(string method, string path, bool isGranted)
    {
        await using var run = await GatewayRun.StartAsync(settings: Listed);
        using var browser = run.Browser(user: null);

        var answer = await browser.SendAsync(Preflight(run, method, path, Bank));

        Assert.Equal(isGranted, answer.Status is HttpStatusCode.NoContent);
        Assert.Equal(isGranted, answer.Headers.ContainsKey("Access-Control-Allow-Origin"));
        Assert.Empty(run.Simulator.Received.All);
    }

    [Fact]
    public async Task A_preflight_says_exactly_what_may_be_sent()
    {
        await using var run = await GatewayRun.StartAsync(settings: Listed);
        using var browser = run.Browser(user: null);

        var answer = await browser.SendAsync(Preflight(run, "POST", "request.php", Bank));

        Assert.Equal(
            (Bank, "POST", "esid, traceparent, content-type, authorization, OzGateway-Request, X-Trace", "300", "Origin"),
            (answer.Headers["Access-Control-Allow-Origin"], answer.Headers["Access-Control-Allow-Methods"], answer.Headers["Access-Control-Allow-Headers"],
                answer.Headers["Access-Control-Max-Age"], answer.Headers["Vary"]));
        Assert.DoesNotContain("Access-Control-Allow-Credentials", answer.Headers.Keys);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://bank.example")]
    [InlineData("https://bank.example:8443")]
    [InlineData("https://bank.example.evil.example")]
    [InlineData("https://BANK.example")]
    [InlineData("https://bank.example/")]
    [InlineData("https://xbank.example")]
    [InlineData("*")]
    public async Task Another_origin_gets_no_grant_and_no_answer(string origin)
    {
        await using var run = await GatewayRun.StartAsync(settings: Listed);
        using var browser = run.Browser();
        foreach (var request in (HttpRequestMessage[])[
            Preflight(run, "POST", "request.php", origin), From(origin, Dialect.Default.Init(run.Public)), From(origin, Dialect.Default.Poll(run.Public, "s")),
            From(origin, new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "transactions")) { Headers = { { "OzGateway-Request", "1" } } }),
            From(origin, new HttpRequestMessage(HttpMethod.Get, new Uri(run.Public, "transactions/current"))),
            From(origin, new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "tm.php")))])
        {
            var answer = await browser.SendAsync(request);

            Assert.Equal((HttpStatusCode.Forbidden, "origin_refused"), (answer.Status, answer.Code));
            Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }

        Assert.Empty(run.Simulator.Received.All);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("nonsense")]
    public async Task What_another_site_sends_without_naming_itself_is_refused(string site)
    {
        await using var run = await GatewayRun.StartAsync(settings: Listed);
        using var browser = run.Browser();
        var request = Dialect.Default.Init(run.Public);
        request.Headers.Add("Sec-Fetch-Site", site);

        Assert.Equal("origin_refused", (await browser.SendAsync(request)).Code);
    }

    [Fact]
    public async Task Files_of_the_plugin_load_anywhere_and_are_readable_where_listed()
    {
        await using var run = await GatewayRun.StartAsync(settings: Listed);
        using var browser = run.Browser(user: null);

        var foreign = await browser.SendAsync(From("https://evil.example", new HttpRequestMessage(HttpMethod.Get, new Uri(run.Public, "plugin_liveness.php"))));
        var listed = await browser.SendAsync(From(Bank, new HttpRequestMessage(HttpMethod.Get, new Uri(run.Public, "plugin_liveness.php"))));

        Assert.Equal((HttpStatusCode.OK, false), (foreign.Status, foreign.Headers.ContainsKey("Access-Control-Allow-Origin"))); // the adapter's own '*' does not pass
        Assert.Equal((HttpStatusCode.OK, Bank), (listed.Status, listed.Headers["Access-Control-Allow-Origin"]));
        Assert.All([foreign, listed], answer => Assert.Contains("Origin", answer.Headers["Vary"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listed_page_reads_refusals_and_own_pages_need_no_entry()
    {
        await using var run = await GatewayRun.StartAsync(settings: Listed with { Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var browser = run.Browser();
        await browser.OpenAsync();
        var own = await browser.SubmitAsync(change: request => From(run.Public.GetLeftPart(UriPartial.Authority), request));
        var refused = await browser.SubmitAsync(change: request => From(Bank, request));

        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.Equal((HttpStatusCode.TooManyRequests, Bank), (refused.Status, refused.Headers["Access-Control-Allow-Origin"]));
        Assert.Contains("Retry-After", refused.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_starts_from_a_pages_script_only()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        HttpRequestMessage Start(string name, string value)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "transactions"));
            request.Headers.TryAddWithoutValidation(name, value);
            return request;
        }

        var form = await browser.SendAsync(Start("X-Nothing", "1"));

        Assert.Equal((HttpStatusCode.Forbidden, "page_header_missing"), (form.Status, form.Code));
        Assert.Equal(HttpStatusCode.Created, (await browser.SendAsync(Start("OzGateway-Request", "1"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await browser.SendAsync(Start("Sec-Fetch-Site", "same-origin"))).Status);
        Assert.Equal("origin_refused", (await browser.SendAsync(Start("Sec-Fetch-Site", "cross-site"))).Code);
    }

    [Fact]
    public async Task Answers_tell_browsers_how_to_treat_them()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Browser = """browser: { hsts: 365d, page: { routes: [script], camera: [self, "https://frame.example"], content_security_policy: "default-src 'self';", frame_ancestors: ["https://bank.example"] } }""",
        });
        using var browser = run.Browser();

        var page = await browser.GetAsync("plugin_liveness.php");
        var answer = await browser.OpenAsync();

        Assert.Equal("camera=(self \"https://frame.example\")", page.Headers["Permissions-Policy"]);
        Assert.Equal("default-src 'self'; frame-ancestors https://bank.example", page.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain("Permissions-Policy", answer.Headers.Keys);
        Assert.Equal(("nosniff", "no-referrer", "same-origin"), (answer.Headers["X-Content-Type-Options"], answer.Headers["Referrer-Policy"], answer.Headers["Cross-Origin-Resource-Policy"]));
        Assert.DoesNotContain("Strict-Transport-Security", answer.Headers.Keys); // over plain http it means nothing
    }

    [Theory]
    [InlineData("browser: { hsts: 365d }", "max-age=31536000")]
    [InlineData("", null)]
    public async Task Over_TLS_browsers_are_told_to_stay_there_where_configured(string browser, string? told)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Browser = browser,
            PublicDoor = ", tls: { certificate: { from_file: tls.crt }, key: { from_file: tls.key } }",
            Files = Pem.Files(Authority.Root().Server(TimeProvider.System.GetUtcNow().AddDays(-1))),
        });
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });

        foreach (var (path, status) in new[] { ("plugin_liveness.php", HttpStatusCode.OK), ("init.php", HttpStatusCode.Unauthorized), ("transactions/current", HttpStatusCode.Unauthorized) })
        {
            using var answer = await http.GetAsync(new Uri($"https://127.0.0.1:{run.Public.Port}/{path}"));
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(told, answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
        }
    }

    private static HttpRequestMessage Preflight(GatewayRun run, string method, string path, string origin)
    {
        var request = From(origin, new HttpRequestMessage(HttpMethod.Options, new Uri(run.Public, path)));
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "esid, traceparent, content-type");
        return request;
    }

    private static HttpRequestMessage From(string origin, HttpRequestMessage request)
    {
        Assert.True(request.Headers.TryAddWithoutValidation("Origin", origin));
        return request;
    }
}
