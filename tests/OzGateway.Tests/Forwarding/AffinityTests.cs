using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Forwarding;

/// <summary>Several adapters, each with sessions that no other knows.</summary>
public sealed class AffinityTests : IAsyncLifetime
{
    private const string Cookie = "ozgateway-affinity-web_adapter";

    private SimulatorApplication _first = null!;
    private SimulatorApplication _second = null!;

    public async Task InitializeAsync() => (_first, _second) = (await SimulatorApplication.StartAsync(), await SimulatorApplication.StartAsync());

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Theory]
    [InlineData("cookie, dangerous_plain_http_cookie: true")]
    [InlineData("header, name: esid")]
    [InlineData("query, name: v")]
    public async Task A_check_stays_on_the_adapter_that_knows_its_session(string by)
    {
        await using var run = await StartAsync(by);
        for (var user = 0; user < 12; user++)
        {
            using var browser = run.Browser($"user-{user}");
            Assert.Equal(Answer.Finished, (await CheckAsync(run, browser, $"{user}")).Text);
        }

        Assert.NotEmpty(_first.Received.Submissions);
        Assert.NotEmpty(_second.Received.Submissions);
        Assert.Equal(12, _first.Received.Submissions.Count + _second.Received.Submissions.Count);
    }

    [Fact]
    public async Task The_cookie_never_reaches_an_adapter_and_files_do_not_set_it()
    {
        await using var run = await StartAsync("cookie, dangerous_plain_http_cookie: true");
        using var browser = run.Browser();

        Assert.False((await browser.GetAsync("plugin_liveness.php")).Headers.ContainsKey("Set-Cookie"));
        var opened = await browser.OpenAsync();
        var again = await browser.PollAsync();

        Assert.Contains($"{Cookie}=", opened.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Contains("; path=/; samesite=lax; httponly", opened.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.False(again.Headers.ContainsKey("Set-Cookie"));
        Assert.DoesNotContain(_first.Received.All.Concat(_second.Received.All), request => request.Header("Cookie") is not null);
    }

    [Fact]
    public async Task By_default_the_cookie_is_for_this_host_over_https_alone()
    {
        await using var run = await StartAsync(by: null);
        using var browser = run.Browser();

        var opened = await browser.OpenAsync();

        Assert.StartsWith($"__Host-{Cookie}=", opened.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", opened.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_check_goes_to_the_adapter_that_is_there()
    {
        await using var run = await StartAsync("cookie, dangerous_plain_http_cookie: true");
        using var browser = run.Browser();
        Assert.Equal(Answer.Finished, (await CheckAsync(run, browser, "1")).Text);
        var (gone, left) = _first.Received.Submissions.Count == 1 ? (_first, _second) : (_second, _first);
        await gone.DisposeAsync();

        Assert.Equal(HttpStatusCode.BadGateway, (await browser.PollAsync()).Status); // its session is lost with it

        Assert.Equal(Answer.Finished, (await CheckAsync(run, browser, "2")).Text);
        Assert.Single(left.Received.Submissions);
    }

    [Fact]
    public async Task A_session_is_found_again_when_its_adapter_comes_back()
    {
        await using var run = await StartAsync("cookie, dangerous_plain_http_cookie: true");
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.SubmitAsync();
        var (gone, left) = _first.Received.Submissions.Count == 1 ? (_first, _second) : (_second, _first);
        await gone.DisposeAsync();
        Assert.Equal(HttpStatusCode.BadGateway, (await browser.PollAsync()).Status);
        await using var revived = await SimulatorApplication.StartAsync(new SimulatorOptions { Port = gone.Address.Port, AcceptUnknownSessions = true });

        Assert.Equal(HttpStatusCode.OK, (await browser.PollAsync()).Status);

        Assert.Empty(left.Received.Polls);
    }

    [Fact]
    public async Task A_session_whose_adapter_is_long_gone_goes_elsewhere()
    {
        await using var run = await StartAsync("header, name: esid");
        using var browser = run.Browser();
        await CheckAsync(run, browser, "1");
        var (gone, left) = _first.Received.Submissions.Count == 1 ? (_first, _second) : (_second, _first);
        await gone.DisposeAsync();
        Assert.Equal(HttpStatusCode.BadGateway, (await OpenAsync(run, browser, "1")).Status);
        run.Time.Advance(OzGateway.Forwarding.DestinationRecord.Patience);
        Assert.Equal(HttpStatusCode.BadGateway, (await OpenAsync(run, browser, "1")).Status);

        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(run, browser, "1")).Status);
        Assert.NotEmpty(left.Received.All);
    }

    private Task<GatewayRun> StartAsync(string? by) => GatewayRun.StartAsync(simulator: _first, settings: new GatewaySettings
    {
        Destinations = $"\"{_first.Address}\", \"{_second.Address}\"",
        Upstream = by is null ? "" : $"    affinity: {{ by: {by} }}",
    });

    private static async Task<Answer> OpenAsync(GatewayRun run, PluginClient browser, string session) =>
        await browser.SendAsync(Marked(run.Simulator.Dialect.Init(run.Public), session));

    // The plugin sends esid with every call; the query key stands for an address of the page's choosing.
    private static async Task<Answer> CheckAsync(GatewayRun run, PluginClient browser, string session)
    {
        var dialect = run.Simulator.Dialect;
        var adapterSession = dialect.ReadSession((await OpenAsync(run, browser, session)).Text)!;
        var answer = await browser.SendAsync(Marked(
            dialect.Submission(run.Public, adapterSession, The.PageMeta(dialect), [MediaPart.OfSize(1000)], BodyKind.Multipart), session));
        for (var poll = 0; poll < 20 && answer.Text == Answer.Processing; poll++)
        {
            answer = await browser.SendAsync(Marked(dialect.Poll(run.Public, adapterSession), session));
        }

        return answer;
    }

    private static HttpRequestMessage Marked(HttpRequestMessage request, string session)
    {
        request.Headers.Add("esid", session);
        request.RequestUri = new Uri($"{request.RequestUri}?v={session}");
        return request;
    }
}
