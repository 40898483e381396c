using System.Diagnostics;
using OzGateway.Simulator.Wire;

namespace OzGateway.Demo.Soak;

/// <summary>Thousands of paths, framings and calls over HTTP/2 on the wire against the program that ships: the adapter sees either nothing or exactly what was sent.</summary>
internal static class EdgeSoak
{
    private const int Paths = 6000;
    private const int Framings = 3000;
    private const int Http2Calls = 3000;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync()
    {
        await using var adapter = new WireAdapter();
        await using var proxy = await ProxyProcess.GatewayAsync(adapter.Address);
        var paths = await RunAsync("paths", Paths, new WireOracle(proxy.Address, adapter), (oracle, number) => oracle.TryPathAsync(number));
        var framings = await RunAsync("framings", Framings, new WireOracle(proxy.Address, adapter), (oracle, number) => oracle.TryFramingAsync(number));
        await using var http2 = await ProxyProcess.GatewayAsync(adapter.Address, "http2");
        var calls = await RunAsync("http2", Http2Calls, new WireOracle(http2.Address, adapter), (oracle, number) => oracle.TryHttp2Async(number));
        return paths && framings && calls ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string what, int variants, WireOracle oracle, Func<WireOracle, int, Task> tryOne)
    {
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < variants; number++)
        {
            await tryOne(oracle, number);
        }

        await Console.Out.WriteLineAsync($"{what,-10} {variants} variants: {oracle.Served} served exactly, {oracle.Refused} refused, {oracle.Disagreements.Count} disagreements, {watch.Elapsed.TotalSeconds:F0} s");
        foreach (var disagreement in oracle.Disagreements)
        {
            await Console.Error.WriteLineAsync(disagreement);
        }

        return oracle.Disagreements.Count == 0;
    }
}
