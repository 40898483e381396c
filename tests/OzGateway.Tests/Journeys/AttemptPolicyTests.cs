using System.Net;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Whose attempts are limited how, and what a page is told, from YAML to the wire.</summary>
public sealed class AttemptPolicyTests
{
    [Fact]
    public async Task What_is_left_is_told_in_the_fields_of_the_draft()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("windows: [{ permit_limit: 2, window: 15m }, { permit_limit: 3, window: 24h }]"));
        using var browser = run.Browser();
        await browser.OpenAsync();

        var first = await browser.SubmitAsync();
        run.Time.Advance(TimeSpan.FromSeconds(10));
        var second = await browser.SubmitAsync();
        var third = await browser.SubmitAsync();
        var poll = await browser.PollAsync();

        Assert.Equal("\"15m\";q=2;w=900, \"1d\";q=3;w=86400", first.Headers["RateLimit-Policy"]);
        Assert.Equal("\"15m\";r=1;t=900", first.Headers["RateLimit"]);
        Assert.Equal("\"15m\";r=0;t=890", second.Headers["RateLimit"]);
        Assert.Equal((HttpStatusCode.TooManyRequests, "890"), (third.Status, third.Headers["Retry-After"]));
        Assert.Equal("\"15m\";r=0;t=890", third.Headers["RateLimit"]);
        Assert.Contains("\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\"", third.Text, StringComparison.Ordinal);
        Assert.Contains("\"message\":", third.Text, StringComparison.Ordinal);
        Assert.False(poll.Headers.ContainsKey("RateLimit"));
    }

    [Theory]
    [InlineData("count: failed, windows: [{ permit_limit: 1, window: 15m }]", true)]
    [InlineData("lockout: { after: 5, delay: 30s }, windows: [{ permit_limit: 1, window: 15m }]", true)]
    [InlineData("headers: none, windows: [{ permit_limit: 1, window: 15m }]", false)]
    public async Task What_is_left_is_kept_back_where_it_would_tell_an_outcome_or_is_switched_off(string attempts, bool policyToo)
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts(attempts));
        using var browser = run.Browser();
        await browser.OpenAsync();
        Answer[] answers = [await browser.SubmitAsync(), await browser.SubmitAsync()];

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[1].Status);
        Assert.All(answers, answer => Assert.False(answer.Headers.ContainsKey("RateLimit")));
        Assert.All(answers, answer => Assert.Equal(policyToo, answer.Headers.ContainsKey("RateLimit-Policy")));
    }

    [Fact]
    public async Task A_preset_holds_by_its_name()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("preset: strict-3"));
        using var browser = run.Browser();
        await browser.OpenAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);
        }

        Assert.Equal("86400", (await browser.SubmitAsync()).Headers["Retry-After"]);
    }

    [Fact]
    public async Task Test_accounts_have_rules_of_their_own()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("windows: [{ permit_limit: 1, window: 15m }], groups: { test: { windows: [{ permit_limit: 3, window: 1m }] } }") with
        {
            Sources = "    - jwt_claim: { claim: sub, group_claim: tier, issuer: \"https://login.example\", audience: liveness, cookie: session, key: { from_file: jwt_key } }",
        });
        using var person = run.Browser();
        using var account = run.Browser(null);
        account.SignIn("tester", "test");
        using var stranger = run.Browser(null);
        stranger.SignIn("stranger", "another");

        Assert.Equal("200 429 429 429", await SubmitAsync(person, 4));
        Assert.Equal("200 200 200 429", await SubmitAsync(account, 4));
        Assert.Equal("200 429 429 429", await SubmitAsync(stranger, 4));
    }

    [Fact]
    public async Task Who_is_known_by_an_address_only_has_rules_of_their_own_ticket_or_not()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("windows: [{ permit_limit: 5, window: 15m }], anonymous: { windows: [{ permit_limit: 2, window: 15m }] }") with
        {
            Sources = "    - client_address: {}",
        });
        using var browser = run.Browser(null); // keeps its ticket from the first answer on

        Assert.Equal("200 200 429", await SubmitAsync(browser, 3));
    }

    [Fact]
    public async Task The_line_of_an_address_is_shared_by_its_users_and_costs_who_is_refused_there_nothing()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("windows: [{ permit_limit: 2, window: 15m }], per_address: { windows: [{ permit_limit: 3, window: 1m }] }"));
        using var alice = run.Browser();
        using var bob = run.Browser(The.OtherUser);

        Assert.Equal("200 200 429", await SubmitAsync(alice, 3));
        Assert.Equal("200 429", await SubmitAsync(bob, 2));
        run.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("200 429", await SubmitAsync(bob, 2)); // his own second attempt was still there
    }

    [Fact]
    public async Task Observed_only_one_too_many_passes_and_is_counted_as_such()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("on_exceeded: observe, windows: [{ permit_limit: 1, window: 15m }]"));
        using var metrics = new MetricRecorder(run, "ozgateway.attempts");
        using var browser = run.Browser();

        Assert.Equal("200 200 200", await SubmitAsync(browser, 3));
        Assert.Equal(["allowed", "would_exceed", "would_exceed"], metrics.Tags("ozgateway.result"));
    }

    [Fact]
    public async Task An_upload_in_flight_holds_up_the_next_one_of_its_user_only()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("windows: [{ permit_limit: 9, window: 15m }], concurrency: 1"));
        using var alice = run.Browser();
        using var bob = run.Browser(The.OtherUser);
        using var attempts = new MetricRecorder(run, "ozgateway.attempts");
        var gate = new TaskCompletionSource();
        await alice.OpenAsync();
        await bob.OpenAsync();
        using var slow = new GatedContent(gate.Task);

        var first = alice.SubmitAsync(change: request => slow.Wrap(request));
        await DecidedAsync(attempts);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await alice.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await bob.SubmitAsync()).Status);
        gate.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        Assert.Equal(HttpStatusCode.OK, (await alice.SubmitAsync()).Status);
    }

    [Fact]
    public async Task An_operator_sees_and_resets_one_user_and_nobody_else_may()
    {
        await using var run = await GatewayRun.StartAsync(settings: Attempts("windows: [{ permit_limit: 1, window: 15m }]"));
        using var browser = run.Browser();
        Assert.Equal("200 429", await SubmitAsync(browser, 2));
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, run, HttpMethod.Get, "operator-key-that-nobody-has-0123456789")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(http, run, HttpMethod.Get, The.BackendKey)).Status);
        var shown = await AskAsync(http, run, HttpMethod.Get, The.AdminKey);
        Assert.Contains("\"counted\": 1", shown.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(http, run, HttpMethod.Delete, The.AdminKey)).Status);

        Assert.Equal("200 429", await SubmitAsync(browser, 2));
        Assert.DoesNotContain(run.Logs.Lines, line => line.Text.Contains(The.User, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("uploads: { concurrency: 1 }", "uploads")]
    [InlineData("floods: { permit_limit: 1, window: 1h }", "floods")]
    [InlineData("issuing: { permit_limit: 1, window: 1h }", "issuing")]
    public async Task A_capacity_that_is_used_up_says_so_under_its_name(string capacity, string name)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Polls = $"permit_limit: 1000, window: 1m }}, {capacity[..^2]}" });
        using var metrics = new MetricRecorder(run, "ozgateway.capacity.rejections");
        using var browser = run.Browser();
        using var attempts = new MetricRecorder(run, "ozgateway.attempts");
        await (name == "uploads" ? browser.OpenAsync() : Task.CompletedTask);
        var gate = new TaskCompletionSource();
        using var slow = new GatedContent(gate.Task);
        var first = name == "uploads" ? browser.SubmitAsync(change: request => slow.Wrap(request)) : browser.PostAsync("transactions");
        await (name == "uploads" ? DecidedAsync(attempts) : first);

        var second = name == "uploads" ? await browser.SubmitAsync() : await browser.PostAsync("transactions");
        gate.SetResult();
        await first;

        Assert.Equal("capacity_exceeded", second.Code);
        Assert.Equal([name], metrics.Tags("ozgateway.policy"));
    }

    // The first one is inside: what is asked after this comes after it.
    private static async Task DecidedAsync(MetricRecorder attempts)
    {
        while (attempts.Tags("ozgateway.result").Count == 0)
        {
            await Task.Yield();
        }
    }

    private static GatewaySettings Attempts(string attempts) => new() { Attempts = attempts };

    private static async Task<string> SubmitAsync(PluginClient browser, int times)
    {
        if (browser.AdapterSession.Length == 0)
        {
            await browser.OpenAsync();
        }

        var statuses = new int[times];
        for (var attempt = 0; attempt < times; attempt++)
        {
            statuses[attempt] = (int)(await browser.SubmitAsync(mediaBytes: 10_000)).Status;
        }

        return string.Join(' ', statuses);
    }

    private static async Task<Answer> AskAsync(HttpClient http, GatewayRun run, HttpMethod method, string key)
    {
        using var request = new HttpRequestMessage(method, new Uri(run.Admin, "attempts"));
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add("OzGateway-User", The.User);
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
