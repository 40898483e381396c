using System.Diagnostics;
using System.Security.Cryptography;
using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>Memory of the gateway under large uploads, next to plain YARP in the same run. Figures are printed; only wrong bytes are a failure.</summary>
internal static class UploadSoak
{
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs both proxies, one after the other.</summary>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DemoException("The soak reads /proc and runs on Linux only.");
        }

        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { AcceptUnknownSessions = true, KeptLimit = 64 });
        var fine = true;
        await Console.Out.WriteLineAsync($"{"proxy",-12} {"run",-22} {"before MiB",10} {"peak MiB",10} {"growth MiB",10} {"seconds",8}  bytes");
        (string Name, Func<Uri, Task<ProxyProcess>> Start)[] proxies = [("ozgateway", ProxyProcess.GatewayAsync), ("plain YARP", ProxyProcess.PlainYarpAsync)];
        foreach (var (name, start) in proxies)
        {
            await using var proxy = await start(simulator.Address);
            await UploadAsync(simulator, proxy, count: 1, mib: options.EachMib);
            fine &= await MeasureAsync(name, simulator, proxy, (1, options.Mib));
            fine &= await MeasureAsync(name, simulator, proxy, (options.Parallel, options.EachMib));
        }

        return fine ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(string name, SimulatorApplication simulator, ProxyProcess proxy, (int Count, int Mib) run)
    {
        var before = proxy.ResidentMib;
        using var ended = new CancellationTokenSource();
        var peak = SampleAsync(proxy, ended.Token);
        var watch = Stopwatch.StartNew();
        var same = await UploadAsync(simulator, proxy, run.Count, run.Mib);
        watch.Stop();
        await ended.CancelAsync();
        var most = await peak;
        await Console.Out.WriteLineAsync(
            $"{name,-12} {$"{run.Count} x {run.Mib} MiB",-22} {before,10:F1} {most,10:F1} {most - before,10:F1} {watch.Elapsed.TotalSeconds,8:F2}  {(same ? "same SHA-256" : "DIFFERENT")}");
        return same;
    }

    private static async Task<bool> UploadAsync(SimulatorApplication simulator, ProxyProcess proxy, int count, int mib)
    {
        simulator.Received.Clear();
        var media = MediaPart.OfSize(mib << 20);
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var meta = new Dictionary<string, string> { ["transaction_id"] = "page-made-id" };
        await Task.WhenAll(Enumerable.Range(0, count).Select(async upload =>
        {
            using var request = simulator.Dialect.Submission(proxy.Address, $"soak-{upload}", meta, [media], BodyKind.Multipart);
            using var answer = await http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
            {
                throw new DemoException($"An upload was answered {(int)answer.StatusCode}.");
            }
        }));
        var hash = Convert.ToHexStringLower(SHA256.HashData(media.Content.Span));
        var arrived = simulator.Received.Submissions;
        return arrived.Count == count && arrived.All(request => request.Parts.Any(part => part.Sha256 == hash));
    }

    private static async Task<double> SampleAsync(ProxyProcess proxy, CancellationToken ended)
    {
        var peak = 0.0;
        while (!ended.IsCancellationRequested)
        {
            peak = Math.Max(peak, proxy.ResidentMib);
            await Task.Delay(SampleEvery, CancellationToken.None);
        }

        return Math.Max(peak, proxy.ResidentMib);
    }
}
