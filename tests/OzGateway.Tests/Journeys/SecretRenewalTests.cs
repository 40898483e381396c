using System.Net;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Secrets change in their files while the gateway runs.</summary>
public sealed class SecretRenewalTests
{
    private const string FormerSecret = "the former user key secret of all tests, 32 bytes or more";
    private const string NextJwtSecret = "the next token secret of all tests, 32 bytes or more";
    private const string NextAdminKey = "next-admin-key-of-all-tests-0123456789abc";

    private static readonly GatewaySettings Volume = new()
    {
        Keys = "hmac_key: { from_file: volume/user_key }\n  previous_hmac_keys: [{ from_file: volume/former_user_key }]",
        Attempts = "windows: [{ permit_limit: 3, window: 24h }]",
        Transaction = "issue: implicit, submit_within: 1h, read_within: 24h",
        Files = new Dictionary<string, string> { ["volume/..1/user_key"] = The.UserKeySecret, ["volume/..1/former_user_key"] = FormerSecret },
        Links = new Dictionary<string, string> { ["volume/..data"] = "..1", ["volume/user_key"] = "..data/user_key", ["volume/former_user_key"] = "..data/former_user_key" },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_replaced_user_key_is_taken_up_and_checks_in_flight_and_budgets_go_on(bool byTicket)
    {
        await using var run = await GatewayRun.StartAsync(settings: Volume);
        using var metrics = new MetricRecorder(run, "ozgateway.secret.renewals");
        using var browser = run.Browser();
        using var backend = run.BackendClient();
        await browser.CheckAsync();
        browser.Cookies.GetCookies(run.Public)["ozgateway-ticket"]!.Expired = true;
        var begun = (await browser.PostAsync("transactions")).TransactionId!;

        Swap(run, The.NextUserKeySecret, The.UserKeySecret);
        await run.PassUntilLoggedAsync("SecretsRenewed");

        Assert.Equal(begun, (await browser.GetAsync("transactions/current")).Member("transaction_id"));
        browser.Cookies.GetCookies(run.Public)["session"]!.Expired = byTicket;
        Assert.Equal(begun, (await browser.SubmitAsync()).TransactionId);
        Assert.NotEqual("not_found", await backend.OutcomeAsync(begun));
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync()).Status);
        Assert.Equal(3, run.Simulator.Received.Submissions.Count);
        Assert.Equal(("user_keys", "applied"), (metrics.Tags("ozgateway.secret").Single(), metrics.Tags("ozgateway.result").Single()));
    }

    [Theory]
    [InlineData("too short", The.UserKeySecret)]
    [InlineData("", The.UserKeySecret)]
    [InlineData(The.NextUserKeySecret, The.NextUserKeySecret)]
    public async Task A_user_key_that_cannot_be_used_leaves_the_old_and_is_said_once(string next, string former)
    {
        await using var run = await GatewayRun.StartAsync(settings: Volume);
        using var metrics = new MetricRecorder(run, "ozgateway.secret.renewals");
        using var browser = run.Browser();
        await browser.PostAsync("transactions");

        Swap(run, next, former);
        await run.PassUntilLoggedAsync("SecretsRejected");
        run.Time.Advance(TimeSpan.FromSeconds(10));

        browser.Cookies.GetCookies(run.Public)["session"]!.Expired = true;
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync()).Status); // by the ticket
        Swap(run, The.NextUserKeySecret, The.UserKeySecret);
        await run.PassUntilLoggedAsync("SecretsRenewed");
        Assert.Equal(["rejected", "applied"], metrics.Tags("ozgateway.result"));
        Assert.Single(run.Logs.Lines, line => line.Event == "SecretsRejected");
        Assert.DoesNotContain(run.Logs.Lines, line => line.Text.Contains(The.NextUserKeySecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replaced_key_of_the_token_issuer_is_taken_up_and_the_old_one_opens_nothing_any_more()
    {
        await using var run = await GatewayRun.StartAsync();
        using var before = run.Browser();
        using var after = run.Browser(user: null);
        after.Cookies.Add(run.Public, new Cookie("session", Tokens.For(The.User, run.Time.GetUtcNow(), NextJwtSecret)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), ((await before.OpenAsync()).Status, (await after.OpenAsync()).Status));

        await File.WriteAllTextAsync(run.FileOf("jwt_key"), NextJwtSecret);
        await run.PassUntilLoggedAsync("SecretsRenewed");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await before.OpenAsync()).Status, (await after.OpenAsync()).Status));
        await File.WriteAllTextAsync(run.FileOf("jwt_key"), "-----BEGIN PUBLIC KEY-----\nnot one\n-----END PUBLIC KEY-----\n");
        await run.PassUntilLoggedAsync("SecretsRejected");
        Assert.Equal(HttpStatusCode.OK, (await after.OpenAsync()).Status);
    }

    [Fact]
    public async Task Changed_admin_keys_are_taken_up_and_a_revoked_one_opens_nothing_any_more()
    {
        await using var run = await GatewayRun.StartAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await ShowAsync(run, The.AdminKey), await ShowAsync(run, NextAdminKey)));

        await File.WriteAllTextAsync(run.FileOf("admin_keys"), $"next:{NextAdminKey}\n");
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await ShowAsync(run, The.AdminKey), await ShowAsync(run, NextAdminKey)));

        await File.WriteAllTextAsync(run.FileOf("admin_keys"), "next:short\n");
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await ShowAsync(run, NextAdminKey));
        Assert.Equal(["AdminKeysRenewed", "AdminKeysRejected"], run.Logs.Lines.Select(line => line.Event).Where(name => name?.StartsWith("AdminKeys", StringComparison.Ordinal) == true));
    }

    private static async Task<HttpStatusCode> ShowAsync(GatewayRun run, string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(run.Admin, "attempts")) { Headers = { { "Authorization", $"Bearer {key}" }, { "OzGateway-User", The.User } } };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static void Swap(GatewayRun run, string present, string former) =>
        SecretVolume.Swap(run.FileOf("volume"), new Dictionary<string, string> { ["user_key"] = present, ["former_user_key"] = former });
}
