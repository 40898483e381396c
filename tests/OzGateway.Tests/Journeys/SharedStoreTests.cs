using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Two gateways on one Redis count together; without it the policy says what happens, and all else goes on.</summary>
public sealed class SharedStoreTests
{
    [RedisTheory]
    [InlineData("started")]
    [InlineData("failed")]
    public async Task Of_forty_at_once_over_two_gateways_exactly_five_reach_the_adapter(string count)
    {
        using var redis = await RedisServer.StartAsync();
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions());
        await using var first = await GatewayRun.StartAsync(settings: On(redis, $"count: {count}, windows: [{{ permit_limit: 5, window: 15m }}], on_store_failure: reject"), simulator: simulator);
        await using var second = await GatewayRun.StartAsync(settings: On(redis, $"count: {count}, windows: [{{ permit_limit: 5, window: 15m }}], on_store_failure: reject"), simulator: simulator);
        using var here = first.Browser();
        using var there = second.Browser();
        await here.OpenAsync();
        await there.OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(call => (call % 2 == 0 ? here : there).SubmitAsync(mediaBytes: 80_000)));

        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(5, simulator.Received.Submissions.Count);
    }

    [RedisFact]
    public async Task A_gateway_whose_clock_is_an_hour_ahead_changes_no_limit()
    {
        using var redis = await RedisServer.StartAsync();
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions());
        await using var first = await GatewayRun.StartAsync(settings: On(redis, "windows: [{ permit_limit: 3, window: 15m }]"), simulator: simulator);
        await using var second = await GatewayRun.StartAsync(settings: On(redis, "windows: [{ permit_limit: 3, window: 15m }]"), simulator: simulator);
        second.Time.Advance(TimeSpan.FromHours(1));
        using var here = first.Browser();
        using var ahead = second.Browser();
        await here.OpenAsync();
        await ahead.OpenAsync();

        Assert.Equal(HttpStatusCode.OK, (await here.SubmitAsync()).Status);
        Assert.DoesNotContain("degraded", await File.ReadAllTextAsync(first.AuditPath), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ahead.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ahead.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await here.SubmitAsync()).Status);
    }

    [RedisTheory]
    [InlineData("local", "200 200 429", "local local local")]
    [InlineData("reject", "503 503 503", "rejected rejected rejected")]
    [InlineData("allow", "200 200 200", "uncounted uncounted uncounted")]
    public async Task Without_Redis_the_policy_says_what_happens_and_every_decision_is_marked(string action, string statuses, string modes)
    {
        var redis = await RedisServer.StartAsync();
        await using var run = await GatewayRun.StartAsync(settings: On(redis, $"windows: [{{ permit_limit: 2, window: 15m }}], on_store_failure: {action}"));
        using var metrics = new MetricRecorder(run, "ozgateway.attempts");
        using var browser = run.Browser();
        await browser.OpenAsync();
        redis.Dispose();

        Answer[] answers = [await browser.SubmitAsync(), await browser.SubmitAsync(), await browser.SubmitAsync()];

        Assert.Equal(statuses, string.Join(' ', answers.Select(answer => (int)answer.Status)));
        Assert.Equal(modes, string.Join(' ', metrics.Tags("ozgateway.mode")));
        Assert.Equal(HttpStatusCode.OK, (await browser.PollAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("plugin_liveness.php")).Status);
        Assert.Contains(run.Logs.Lines, line => line.Event == "AttemptStoreAway");
        var audited = (await run.AuditAsync("\"event\":\"submission\"", lines: 3)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("event").GetString() == "submission");
        Assert.Equal(modes, string.Join(' ', audited.Select(line => line.GetProperty("degraded").GetString())));
        using var http = new HttpClient();
        Assert.Equal("ready", await http.GetStringAsync(new Uri(run.Admin, "health/ready")));
    }

    [RedisFact]
    public async Task What_Redis_allowed_is_remembered_here_when_it_goes_and_when_it_comes_back_empty()
    {
        var redis = await RedisServer.StartAsync();
        await using var run = await GatewayRun.StartAsync(settings: On(redis, "windows: [{ permit_limit: 3, window: 15m }]"));
        using var browser = run.Browser();
        await browser.OpenAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status); // counted there, noted here
        redis.Dispose();
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status); // counted here
        using var empty = await RedisServer.StartAsync(redis.Port);

        Answer third = await browser.SubmitAsync();
        Answer fourth = await browser.SubmitAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (third.Status, fourth.Status));
    }

    private static GatewaySettings On(RedisServer redis, string attempts) => new()
    {
        Attempts = attempts,
        Store = $"store: {{ redis: {{ addresses: [\"{redis.Address}\"], timeout: 100ms }} }}",
    };
}
