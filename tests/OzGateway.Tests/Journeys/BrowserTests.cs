using System.Collections.Concurrent;
using Microsoft.Playwright;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>A real browser runs the plugin's stand-in on a page of the same origin.</summary>
public sealed class BrowserTests
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private const string Check = """
        (meta) => new Promise((resolve) => {
          const seen = [];
          const script = document.createElement('script');
          script.src = 'plugin_liveness.php';
          script.onload = () => OzLiveness.open({
            lang: 'en',
            action: ['video_selfie_blank'],
            meta,
            standin: { media_bytes: 300000, poll_interval_ms: 50, capture_ms: 10 },
            on_result: (result) => seen.push({ result }),
            on_complete: (complete) => { seen.push({ complete }); resolve(JSON.stringify(seen)); },
            on_error: (error) => { seen.push({ error }); resolve(JSON.stringify(seen)); },
          });
          document.head.appendChild(script);
        })
        """;

    [ChromiumFact]
    public async Task The_plugin_completes_and_sees_the_state_alone()
    {
        await using var run = await GatewayRun.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await LaunchAsync(playwright);
        var page = await OpenPageAsync(chromium, run);
        var bodies = new ConcurrentBag<Task<string>>();
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/request.php", StringComparison.Ordinal))
            {
                bodies.Add(response.TextAsync());
            }
        };

        var seen = await page.EvaluateAsync<string>(Check, The.PageMeta(Dialect.Default));

        Assert.Contains("""{"complete":{"state":"finished"}}""", seen, StringComparison.Ordinal);
        Assert.All(await Task.WhenAll(bodies), body => Assert.True(body is Answer.Processing or Answer.Finished, body));
        var received = run.Simulator.Received.Single();
        Assert.NotEqual(The.PageTransaction, received.Meta("transaction_id"));
        Assert.DoesNotContain(The.PageUser, received.BodyText, StringComparison.Ordinal);
        var current = await page.EvaluateAsync<string>("() => fetch('transactions/current').then((answer) => answer.json()).then((body) => body.transaction_id)");
        Assert.Equal(received.Meta("transaction_id"), current);
        using var backend = run.BackendClient();
        Assert.Equal("success", await backend.OutcomeAsync(current));
    }

    [ChromiumFact]
    public async Task The_plugin_completes_under_a_prefix_on_both_sides()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { Prefix = "/tenant-7/web" });
        await using var run = await GatewayRun.StartAsync(simulator: simulator, settings: new GatewaySettings { PublicPrefix = "/liveness/v1" });
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await LaunchAsync(playwright);
        var page = await OpenPageAsync(chromium, run);

        var seen = await page.EvaluateAsync<string>(Check, The.PageMeta(Dialect.Default));

        Assert.Contains("""{"complete":{"state":"finished"}}""", seen, StringComparison.Ordinal);
        Assert.Equal("/tenant-7/web/request.php", simulator.Received.Single().Path);
    }

    [ChromiumFact]
    public async Task The_plugin_reads_the_refusal_of_a_sixth_attempt()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await LaunchAsync(playwright);
        var page = await OpenPageAsync(chromium, run);

        var first = await page.EvaluateAsync<string>(Check, The.PageMeta(Dialect.Default));
        var second = await page.EvaluateAsync<string>(Check, The.PageMeta(Dialect.Default));

        Assert.Contains("complete", first, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"attempts_exceeded\"", second, StringComparison.Ordinal);
        Assert.Single(run.Simulator.Received.Submissions);
    }

    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = ChromiumFactAttribute.Executable, Args = Quiet });

    // Any answer of the gateway is a page of its origin.
    private static async Task<IPage> OpenPageAsync(IBrowser chromium, GatewayRun run)
    {
        var page = await chromium.NewPageAsync();
        await page.Context.AddCookiesAsync([new Cookie { Name = "session", Value = Tokens.For(The.User, run.Time.GetUtcNow()), Url = run.Public.AbsoluteUri }]);
        await page.GotoAsync(new Uri(run.Public, "page").AbsoluteUri);
        return page;
    }
}
