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

    private static async Task<HttpStatusCode> OpenAsync(GatewayRun run, Cookie ticket)
    {
        using var browser = run.Browser(user: null);
        browser.Cookies.Add(run.Public, new Cookie(ticket.Name, ticket.Value));
        return (await browser.OpenAsync()).Status;
    }
}
