using System.Net;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Telemetry;

/// <summary>What Prometheus reads, where it is configured.</summary>
public sealed class MetricsEndpointTests
{
    private static readonly GatewaySettings On = new() { Telemetry = "telemetry: { prometheus: true }" };

    [Fact]
    public async Task Metrics_are_at_the_admin_door_alone_and_need_no_key()
    {
        await using var run = await GatewayRun.StartAsync(settings: On);
        using var browser = run.Browser();
        await browser.CheckAsync();

        var scrape = await AskAsync(run.Admin);

        Assert.Equal(HttpStatusCode.OK, scrape.Status);
        Assert.Contains("ozgateway_attempts_total{", scrape.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await AskAsync(run.Public)).Status, (await AskAsync(run.Backend)).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(run.Public, host: run.Admin.Authority)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(run.Admin, HttpMethod.Post)).Status);
    }

    [Fact]
    public async Task Without_the_key_of_the_configuration_there_are_none()
    {
        await using var run = await GatewayRun.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(run.Admin)).Status);
    }

    private static async Task<Answer> AskAsync(Uri door, HttpMethod? method = null, string? host = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(door, "metrics")) { Headers = { Host = host } };
        using var answer = await http.SendAsync(request);
        return await Answer.ReadAsync(answer);
    }
}
