using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The secret is replaced while people are in the middle of a check.</summary>
public sealed class SecretRotationTests
{
    private static readonly GatewaySettings Before = new();
    private static readonly GatewaySettings During = new() { Keys = "hmac_key: { from_file: next_user_key }\n  previous_hmac_keys: [{ from_file: user_key }]" };
    private static readonly GatewaySettings After = new() { Keys = "hmac_key: { from_file: next_user_key }" };

    [Fact]
    public async Task A_verdict_is_found_while_the_old_secret_is_listed_and_no_longer()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions());
        string transaction;
        await using (var before = await GatewayRun.StartAsync(settings: Before, simulator: simulator))
        {
            using var browser = before.Browser();
            await browser.CheckAsync();
            transaction = simulator.Received.Single().Meta("transaction_id")!;
        }

        await using var during = await GatewayRun.StartAsync(settings: During, simulator: simulator);
        await using var after = await GatewayRun.StartAsync(settings: After, simulator: simulator);
        using var asking = during.BackendClient();
        using var askingLater = after.BackendClient();

        Assert.Equal("success", await asking.OutcomeAsync(transaction));
        Assert.Equal("not_found", await asking.OutcomeAsync(transaction, The.OtherUser));
        Assert.Equal("not_found", await askingLater.OutcomeAsync(transaction));
    }

    [Fact]
    public async Task A_ticket_names_its_user_while_the_old_secret_is_listed_and_no_longer()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions());
        await using var before = await GatewayRun.StartAsync(settings: Before, simulator: simulator);
        await using var during = await GatewayRun.StartAsync(settings: During, simulator: simulator);
        await using var after = await GatewayRun.StartAsync(settings: After, simulator: simulator);
        using var browser = before.Browser();
        await browser.PostAsync("transactions");
        var ticket = browser.Cookies.GetCookies(before.Public)["ozgateway-ticket"]!;

        Assert.Equal(HttpStatusCode.OK, await OpenAsync(during, ticket));
        Assert.Equal(HttpStatusCode.Unauthorized, await OpenAsync(after, ticket));
    }

    [RedisTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_the_rotation_exactly_the_limit_reaches_the_adapter_whether_the_token_or_the_ticket_names_the_user(bool byTicket)
    {
        using var redis = await RedisServer.StartAsync();
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions());
        await using var before = await GatewayRun.StartAsync(settings: On(redis, Before), simulator: simulator);
        await using var during = await GatewayRun.StartAsync(settings: On(redis, During), simulator: simulator);
        using var earlier = before.Browser();
        await earlier.CheckAsync();
        await earlier.CheckAsync();

        using var browser = during.Browser();
        await browser.OpenAsync();
        var answers = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            browser.SignIn(The.User);
            await browser.PostAsync("transactions"); // the page's own call; those of the vendor's script bring the ticket alone
            browser.Cookies.GetCookies(during.Public)["session"]!.Expired = byTicket;
            answers.Add((await browser.SubmitAsync(mediaBytes: 20_000)).Status);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(5, simulator.Received.Submissions.Count);
    }

    [RedisFact]
    public async Task A_group_keeps_its_own_budget_over_the_rotation()
    {
        const string Groups = "windows: [{ permit_limit: 1, window: 15m }], groups: { testers: { windows: [{ permit_limit: 2, window: 15m }] } }";
        using var redis = await RedisServer.StartAsync();
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions());
        await using var before = await GatewayRun.StartAsync(settings: On(redis, Before, Groups), simulator: simulator);
        await using var during = await GatewayRun.StartAsync(settings: On(redis, During, Groups), simulator: simulator);
        using var earlier = Tester(before);
        using var later = Tester(during);
        await earlier.OpenAsync();
        await later.OpenAsync();

        Assert.Equal(HttpStatusCode.OK, (await earlier.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await later.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await later.SubmitAsync()).Status);
    }

    private static PluginClient Tester(GatewayRun run)
    {
        var browser = run.Browser();
        browser.SignIn(The.User, group: "testers");
        return browser;
    }

    private static GatewaySettings On(RedisServer redis, GatewaySettings settings, string attempts = "windows: [{ permit_limit: 5, window: 15m }]") => settings with
    {
        Attempts = attempts,
        Store = $"store: {{ redis: {{ addresses: [\"{redis.Address}\"], timeout: 100ms }} }}",
        Sources = settings.Sources.Replace("claim: sub,", "claim: sub, group_claim: tier,", StringComparison.Ordinal),
    };

    private static async Task<HttpStatusCode> OpenAsync(GatewayRun run, Cookie ticket)
    {
        using var browser = run.Browser(user: null);
        browser.Cookies.Add(run.Public, new Cookie(ticket.Name, ticket.Value));
        return (await browser.OpenAsync()).Status;
    }
}
