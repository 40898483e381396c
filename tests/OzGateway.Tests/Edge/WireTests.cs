using OzGateway.Simulator.Wire;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>The long run <c>soak edge</c>, small: the adapter sees either nothing or exactly the request that was matched.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task Paths_arrive_as_they_were_sent_or_not_at_all()
    {
        var oracle = await RunAsync(400, (oracle, number) => oracle.TryPathAsync(number));

        Assert.True(oracle.Disagreements.Count == 0, string.Join("\n", oracle.Disagreements));
        Assert.True(oracle is { Served: > 50, Refused: > 150 }, $"{oracle.Served} {oracle.Refused}");
    }

    [Fact]
    public async Task Requests_whose_end_is_in_doubt_do_not_arrive()
    {
        var oracle = await RunAsync(300, (oracle, number) => oracle.TryFramingAsync(number));

        Assert.True(oracle.Disagreements.Count == 0, string.Join("\n", oracle.Disagreements));
        Assert.True(oracle is { Served: > 40, Refused: > 150 }, $"{oracle.Served} {oracle.Refused}");
    }

    [Fact]
    public async Task Calls_over_HTTP_2_arrive_as_they_were_sent_or_not_at_all()
    {
        var oracle = await RunAsync(Http2Variant.FaultCount + 150, (oracle, number) => oracle.TryHttp2Async(number), ", protocols: [http2]");

        Assert.True(oracle.Disagreements.Count == 0, string.Join("\n", oracle.Disagreements));
        Assert.True(oracle is { Served: > 50, Refused: > 150 }, $"{oracle.Served} {oracle.Refused}");
    }

    private static async Task<WireOracle> RunAsync(int variants, Func<WireOracle, int, Task> tryOne, string door = "")
    {
        await using var adapter = new WireAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{adapter.Address}\"", PublicDoor = door });
        var oracle = new WireOracle(run.Public, adapter);
        for (var number = 0; number < variants; number++)
        {
            await tryOne(oracle, number);
        }

        return oracle;
    }
}
