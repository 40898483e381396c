using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Forwarding;

/// <summary>The adapter under a path, on its side and on ours; and what it is told of where the browser came to.</summary>
public sealed class PrefixTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/liveness", "")]
    [InlineData("", "/tenant-7/web")]
    [InlineData("/liveness/v1", "/tenant-7/web")]
    public async Task A_check_runs_whatever_the_prefixes(string ours, string theirs)
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { Prefix = theirs });
        await using var run = await GatewayRun.StartAsync(simulator: simulator, settings: new GatewaySettings { PublicPrefix = ours });
        using var browser = run.Browser();

        Assert.Equal(Answer.Finished, (await browser.CheckAsync()).Text);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("transactions/current")).Status);
        Assert.Equal($"{theirs}/request.php", simulator.Received.Single().Path);
        Assert.Equal(ours.Length == 0 ? null : ours, simulator.Received.Single().Header("X-Forwarded-Prefix"));
    }

    [Theory]
    [InlineData("plugin_liveness.php")]
    [InlineData("transactions/current")]
    [InlineData("livenessx/plugin_liveness.php")]
    [InlineData("liveness/liveness/plugin_liveness.php")]
    public async Task Outside_the_prefix_there_is_nothing(string path)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicPrefix = "/liveness" });
        using var browser = run.Browser();

        var answer = await browser.GetAsync($"/{path}");

        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.Status, answer.Code));
        Assert.Empty(run.Simulator.Received.All);
    }

    [Theory]
    [InlineData("plugin/a+b.css?x=%2F&y=1")]
    [InlineData("plugin/a@b,c=d(1)!.css?x=+%20b&&=&y[]=1")]
    [InlineData("plugin/deep/er/liveness.css")]
    public async Task The_path_that_was_matched_is_the_path_that_is_forwarded(string path)
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { Prefix = "/tenant" });
        await using var run = await GatewayRun.StartAsync(simulator: simulator, settings: new GatewaySettings { PublicPrefix = "/liveness" });
        using var browser = run.Browser();

        await browser.GetAsync(path);

        var received = Assert.Single(simulator.Received.All);
        Assert.Equal($"/tenant/{path}", received.Path + received.Query);
    }

    [Theory]
    [InlineData("", "X-Forwarded-For: 127.0.0.1|X-Forwarded-Host: pages.example|X-Forwarded-Prefix: /liveness|X-Forwarded-Proto: http")]
    [InlineData("    forwarded: forwarded", "Forwarded: proto=http;host=\"pages.example\";for=127.0.0.1")]
    [InlineData("    forwarded: none", "")]
    public async Task The_adapter_is_told_where_the_browser_came_to_and_nothing_the_browser_made_up(string upstream, string expected)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicPrefix = "/liveness", Upstream = upstream });
        using var browser = run.Browser();
        using var request = run.Simulator.Dialect.Config(run.Public);
        request.Headers.Host = "pages.example";
        foreach (var name in (string[])["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded", "X_Forwarded_For", "X-Real-IP"])
        {
            request.Headers.Add(name, "made-up");
        }

        await browser.SendAsync(request);

        var told = Assert.Single(run.Simulator.Received.All).Headers.Where(header => header.Key.Contains("forwarded", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join('|', told));
        Assert.DoesNotContain(run.Simulator.Received.All[0].Headers, header => header.Value == "made-up");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("    host: public", "pages.example")]
    public async Task The_adapter_reads_its_own_host_or_the_browsers(string upstream, string? expected)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Upstream = upstream });
        using var browser = run.Browser();
        using var request = run.Simulator.Dialect.Config(run.Public);
        request.Headers.Host = "pages.example";

        await browser.SendAsync(request);

        Assert.Equal(expected ?? run.Simulator.Address.Authority, Assert.Single(run.Simulator.Received.All).Header("Host"));
    }
}
