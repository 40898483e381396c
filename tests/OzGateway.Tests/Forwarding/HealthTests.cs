using System.Diagnostics.Metrics;
using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Forwarding;

/// <summary>An adapter that is down: told once, found again without a restart.</summary>
public sealed class HealthTests
{
    private const string Probed = "    health: { active: { path: /plugin_liveness.php, interval: 10s, timeout: 5s } }";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_only_adapter_is_always_tried_and_each_change_is_told_once()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await run.Simulator.DisposeAsync();
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal((HttpStatusCode.BadGateway, "upstream_unavailable"), Told(await browser.OpenAsync()));
        }

        await using var revived = await SimulatorApplication.StartAsync(new SimulatorOptions { Port = run.Simulator.Address.Port });
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync()).Status);

        Assert.Equal(["Adapter web_adapter.destinations[0] is suspected.", "Adapter web_adapter.destinations[0] is up."], Changes(run));
        Assert.DoesNotContain(run.Logs.Lines, line => line.Category.StartsWith("Yarp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_probed_adapter_that_is_down_is_not_called_until_a_probe_finds_it()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Upstream = Probed });
        using var browser = run.Browser();
        await run.Simulator.DisposeAsync();
        await AdvanceUntilAsync(run, "down");

        Assert.Equal((HttpStatusCode.BadGateway, "upstream_unavailable"), Told(await browser.OpenAsync()));
        Assert.Contains(run.Logs.Lines, line => line.Text.Contains("failed with no_available_destinations", StringComparison.Ordinal));
        await using var revived = await SimulatorApplication.StartAsync(new SimulatorOptions { Port = run.Simulator.Address.Port });
        await AdvanceUntilAsync(run, "up");

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync()).Status);
        Assert.DoesNotContain(run.Logs.Lines, line => line.Category.StartsWith("Yarp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probes_read_the_path_under_the_adapters_prefix()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { Prefix = "/tenant" });
        await using var run = await GatewayRun.StartAsync(simulator: simulator, settings: new GatewaySettings { Upstream = Probed });

        while (simulator.Received.All.Count == 0)
        {
            run.Time.Advance(Interval);
            await Task.Delay(10);
        }

        Assert.Equal("/tenant/plugin_liveness.php", simulator.Received.All[0].Path);
    }

    [Fact]
    public async Task The_states_of_the_adapters_are_measured()
    {
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "ozgateway.upstream.destinations")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => seen.Add($"{value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        listener.Start();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = "\"http://127.0.0.1:1\"", Upstream = "    tls: {}" });
        using var browser = run.Browser();
        await browser.OpenAsync();

        listener.RecordObservableInstruments();

        Assert.Contains("1 web_adapter 0 suspected", seen);
    }

    private static (HttpStatusCode Status, string Code) Told(Answer answer) => (answer.Status, answer.Code);

    private static IEnumerable<string> Changes(GatewayRun run) =>
        run.Logs.Lines.Where(line => line.Event == "DestinationChanged").Select(line => line.Text.TrimEnd());

    private static async Task AdvanceUntilAsync(GatewayRun run, string state)
    {
        while (Changes(run).LastOrDefault()?.EndsWith($"is {state}.", StringComparison.Ordinal) != true)
        {
            run.Time.Advance(Interval);
            await Task.Delay(10);
        }
    }
}
