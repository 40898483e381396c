using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>
/// Memory, disk, throughput and processor time of the gateway under large uploads, next to plain YARP in the same run.
/// Figures are printed; only wrong bytes and writes to a disk are a failure.
/// </summary>
internal sealed class UploadSoak : IAsyncDisposable
{
    private const long MostDiskBytes = 1 << 20;
    private const int Rounds = 3;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);

    private readonly SimulatorApplication _simulator;
    private readonly SlowLine _line;
    private bool _fine = true;

    private UploadSoak(SimulatorApplication simulator) => (_simulator, _line) = (simulator, new SlowLine(simulator.Address));

    /// <summary>Runs both proxies.</summary>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DemoException("The soak reads /proc and runs on Linux only.");
        }

        await using var soak = new UploadSoak(await SimulatorApplication.StartAsync(new SimulatorOptions { AcceptUnknownSessions = true, KeptLimit = 64 }));
        await soak.MeasureMemoryAsync("ozgateway", ProxyProcess.GatewayAsync, options);
        await soak.MeasureMemoryAsync("plain YARP", ProxyProcess.PlainYarpAsync, options);
        await soak.MeasureSpeedAsync(options);
        return soak._fine ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    /// <summary>Behind a slow adapter: what is in flight is what is held.</summary>
    private async Task MeasureMemoryAsync(string name, Func<Uri, Task<ProxyProcess>> start, DemoOptions options)
    {
        foreach (var (count, mib) in ((int, int)[])[(1, options.Mib), (options.Parallel, options.EachMib), (options.Parallel, 2 * options.EachMib)])
        {
            List<double> growths = [];
            var (same, written) = (true, 0L);
            for (var round = 0; round < Rounds; round++)
            {
                // A process that has already served others has grown, or has room left: each figure is of a fresh one.
                await using var proxy = await start(_line.Address);
                await UploadAsync(proxy, options.Parallel, mib: 1);
                growths.Add(await GrowthAsync(proxy, async () => same &= await UploadAsync(proxy, count, mib)));
                written = Math.Max(written, proxy.Figures.DiskBytes);
            }

            _fine &= written < MostDiskBytes;
            var each = string.Join(", ", growths.Select(growth => (growth * 1024 / count).ToString("F0", CultureInfo.InvariantCulture)));
            await Console.Out.WriteLineAsync(
                $"{name,-11} {$"{count} x {mib} MiB, slow adapter",-30} median {Median(growths) * 1024 / count,7:F0} KiB an upload ({each}), {Same(same)}, {written} bytes written to a disk");
        }
    }

    private static async Task<double> GrowthAsync(ProxyProcess proxy, Func<Task> upload)
    {
        var before = proxy.Figures.ResidentMib;
        using var ended = new CancellationTokenSource();
        var peak = SampleAsync(proxy, ended.Token);
        await upload();
        await ended.CancelAsync();
        return await peak - before;
    }

    /// <summary>Both at full speed, in turns, so that a slow moment of the machine hits both.</summary>
    private async Task MeasureSpeedAsync(DemoOptions options)
    {
        await using var gateway = await ProxyProcess.GatewayAsync(_simulator.Address);
        await using var yarp = await ProxyProcess.PlainYarpAsync(_simulator.Address);
        await MeasureSpeedAsync(gateway, options.Parallel, 2);
        await MeasureSpeedAsync(yarp, options.Parallel, 2);
        List<double> speeds = [], costs = [];
        for (var round = 0; round < Rounds; round++)
        {
            var ours = await MeasureSpeedAsync(gateway, options.Parallel, options.EachMib);
            var plain = await MeasureSpeedAsync(yarp, options.Parallel, options.EachMib);
            speeds.Add(plain.Seconds / ours.Seconds);
            costs.Add(ours.Cpu / plain.Cpu);
            await Console.Out.WriteLineAsync(
                $"round {round + 1}: {options.Parallel} x {options.EachMib} MiB, throughput {speeds[^1]:F2} x plain YARP, CPU {costs[^1]:F2} x plain YARP ({ours.Cpu * 1000 / options.Parallel:F1} against {plain.Cpu * 1000 / options.Parallel:F1} ms an upload)");
        }

        await Console.Out.WriteLineAsync($"median: throughput {Median(speeds):F2} x plain YARP, CPU {Median(costs):F2} x plain YARP");
    }

    private async Task<(double Seconds, double Cpu)> MeasureSpeedAsync(ProxyProcess proxy, int count, int mib)
    {
        var cpu = proxy.Figures.CpuSeconds;
        var watch = Stopwatch.StartNew();
        await UploadAsync(proxy, count, mib);
        return (watch.Elapsed.TotalSeconds, proxy.Figures.CpuSeconds - cpu);
    }

    private async Task<bool> UploadAsync(ProxyProcess proxy, int count, int mib)
    {
        _simulator.Received.Clear();
        var media = MediaPart.OfSize(mib << 20);
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var meta = new Dictionary<string, string> { ["transaction_id"] = "page-made-id" };
        await Task.WhenAll(Enumerable.Range(0, count).Select(async upload =>
        {
            using var request = _simulator.Dialect.Submission(proxy.Address, $"soak-{upload}", meta, [media], BodyKind.Multipart);
            using var answer = await http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
            {
                throw new DemoException($"An upload was answered {(int)answer.StatusCode}.");
            }
        }));
        var hash = Convert.ToHexStringLower(SHA256.HashData(media.Content.Span));
        var arrived = _simulator.Received.Submissions;
        var same = arrived.Count == count && arrived.All(request => request.Parts.Any(part => part.Sha256 == hash));
        _fine &= same;
        return same;
    }

    private static async Task<double> SampleAsync(ProxyProcess proxy, CancellationToken ended)
    {
        var peak = 0.0;
        while (!ended.IsCancellationRequested)
        {
            peak = Math.Max(peak, proxy.Figures.ResidentMib);
            await Task.Delay(SampleEvery, CancellationToken.None);
        }

        return Math.Max(peak, proxy.Figures.ResidentMib);
    }

    private static string Same(bool same) => same ? "same SHA-256" : "DIFFERENT BYTES";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
