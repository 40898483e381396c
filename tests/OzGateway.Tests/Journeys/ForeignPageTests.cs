using Microsoft.Playwright;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Real pages of other sites: the listed one runs a whole check by the ticket in the path, the other gets nowhere, even with that ticket.</summary>
public sealed class ForeignPageTests
{
    private const string Bearer = """    - jwt_claim: { claim: sub, issuer: "https://login.example", audience: liveness, key: { from_file: jwt_key } }""";

    private const string Start = """
        ([gateway, token]) => fetch(gateway + '/transactions', { method: 'POST', headers: { Authorization: 'Bearer ' + token, 'OzGateway-Request': '1' } })
          .then((answer) => answer.json()).then((issued) => issued.plugin_url, (error) => 'blocked')
        """;

    private const string Check = """
        (address) => new Promise((resolve) => {
          const script = document.createElement('script');
          script.src = address;
          script.onerror = () => resolve('no script');
          script.onload = () => OzLiveness.open({
            lang: 'en',
            action: ['video_selfie_blank'],
            meta: { transaction_id: 'page-made' },
            standin: { media_bytes: 300000, poll_interval_ms: 50, capture_ms: 10 },
            on_complete: (complete) => resolve(JSON.stringify(complete)),
            on_error: (error) => resolve('refused'),
          });
          document.head.appendChild(script);
        })
        """;

    // What needs no preflight a browser sends without asking: the gateway has to refuse it. Its answer is not for this page either.
    private const string SendBlindly = """
        async (address) => {
          const form = new FormData();
          form.append('meta', '{}');
          form.append('file', new Blob([new Uint8Array(100000)]));
          await fetch(address.replace('plugin_liveness.php', 'request.php'), { method: 'POST', mode: 'no-cors', credentials: 'include', body: form }).catch(() => 0);
          await fetch(address.replace('plugin_liveness.php', 'config.php'), { mode: 'no-cors', credentials: 'include' }).catch(() => 0);
        }
        """;

    [ChromiumFact]
    public async Task A_listed_page_of_another_site_runs_a_check_and_no_other_page_does()
    {
        await using var bank = await PageServer.StartAsync();
        await using var evil = await PageServer.StartAsync();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Carrier = "path",
            Sources = Bearer,
            Browser = $"browser: {{ origins: [\"{bank.Origin}\"] }}",
        });
        await using var chromium = await ChromiumRun.StartAsync();
        var gateway = run.Public.GetLeftPart(UriPartial.Authority);
        var token = Tokens.For(The.User, run.Time.GetUtcNow());

        var foreign = await OpenAsync(chromium, evil);
        Assert.Equal("blocked", await foreign.EvaluateAsync<string>(Start, new[] { gateway, token }));
        var page = await OpenAsync(chromium, bank);
        var plugin = gateway + await page.EvaluateAsync<string>(Start, new[] { gateway, token });
        Assert.Equal("refused", await foreign.EvaluateAsync<string>(Check, plugin));
        await foreign.EvaluateAsync(SendBlindly, plugin);
        Assert.DoesNotContain(run.Simulator.Received.All, received => received.Kind is not RequestKind.Script);

        Assert.Equal("""{"state":"finished"}""", await page.EvaluateAsync<string>(Check, plugin));

        var received = run.Simulator.Received.Single();
        Assert.NotEqual("page-made", received.Meta("transaction_id"));
        using var backend = run.BackendClient();
        Assert.Equal("success", await backend.OutcomeAsync(received.Meta("transaction_id")!));
    }

    [ChromiumFact]
    public async Task Under_a_cookie_a_foreign_page_does_nothing_in_the_users_name()
    {
        await using var evil = await PageServer.StartAsync();
        await using var run = await GatewayRun.StartAsync();
        await using var chromium = await ChromiumRun.StartAsync();
        var page = await OpenAsync(chromium, evil);
        // The strongest case for the attacker: a session cookie that travels to everywhere.
        await page.Context.AddCookiesAsync([new Cookie { Name = "session", Value = Tokens.For(The.User, run.Time.GetUtcNow()), Url = run.Public.AbsoluteUri }]);

        Assert.Equal("refused", await page.EvaluateAsync<string>(Check, $"{run.Public}plugin_liveness.php"));
        await page.EvaluateAsync(SendBlindly, $"{run.Public}plugin_liveness.php");

        Assert.DoesNotContain(run.Simulator.Received.All, received => received.Kind is not RequestKind.Script);
    }

    private static async Task<IPage> OpenAsync(ChromiumRun chromium, PageServer site)
    {
        var page = await chromium.Browser.NewPageAsync();
        await page.GotoAsync(site.Origin);
        return page;
    }
}
