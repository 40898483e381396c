using System.Diagnostics;
using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>
/// Memory, disk, throughput and processor time of the gateway under large uploads, next to plain YARP in the same run.
/// Figures are printed; only wrong bytes and writes to a disk are a failure.
/// </summary>
internal static class UploadSoak
{
    private const int MostRounds = 3;
    private static readonly int[] Sizes = [2, 10, 20, 60];

    /// <summary>Runs both proxies.</summary>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DemoException("The soak reads /proc and runs on Linux only.");
        }

        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { AcceptUnknownSessions = true, KeptLimit = 64 });
        var fine = true;
        foreach (var mib in options.EachMib is { } one ? [one] : Sizes)
        {
            var run = (options.Parallel, mib, Math.Min(options.Rounds, MostRounds));
            await using var memory = new UploadMemory(simulator);
            fine &= await memory.MeasureAsync("ozgateway", ProxyProcess.GatewayAsync, run);
            fine &= await memory.MeasureAsync("plain YARP", ProxyProcess.PlainYarpAsync, run);
            fine &= await MeasureSpeedAsync(simulator, run);
        }

        return fine ? 0 : 1;
    }

    /// <summary>Both at full speed, in turns, so that a slow moment of the machine hits both.</summary>
    private static async Task<bool> MeasureSpeedAsync(SimulatorApplication simulator, (int Count, int Mib, int Rounds) run)
    {
        await using var gateway = await ProxyProcess.GatewayAsync(simulator.Address);
        await using var yarp = await ProxyProcess.PlainYarpAsync(simulator.Address);
        using var client = new UploadClient(simulator);
        var media = MediaPart.OfSize(run.Mib << 20);
        var same = true;
        List<double> speeds = [];
        for (var round = -1; round < run.Rounds; round++)
        {
            var ours = await TimeAsync(gateway);
            var plain = await TimeAsync(yarp);
            if (round >= 0)
            {
                speeds.Add(plain / ours);
            }
        }

        await Console.Out.WriteLineAsync(
            $"full speed  {$"{run.Count} x {run.Mib} MiB",-12} throughput {speeds.Order().ElementAt(speeds.Count / 2):F2} x plain YARP ({string.Join(", ", speeds.Select(speed => $"{speed:F2}"))}), {(same ? "same SHA-256" : "DIFFERENT BYTES")}");
        return same;

        async Task<double> TimeAsync(ProxyProcess proxy)
        {
            var watch = Stopwatch.StartNew();
            same &= await client.UploadAsync(proxy.Address, run.Count, media);
            return watch.Elapsed.TotalSeconds;
        }
    }
}
