using System.Globalization;
using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>
/// What a proxy holds of each upload while the adapter is slow, and then takes nothing at all: bytes that it has read and not passed on,
/// by the kernel's own counts, and how much its resident memory has grown.
/// </summary>
internal sealed class UploadMemory : IAsyncDisposable
{
    private const long MostDiskBytes = 1 << 20;
    private const int WarmUps = 200;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Still = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Compiled = TimeSpan.FromSeconds(1);

    private readonly SimulatorApplication _simulator;
    private readonly SlowLine _line;

    public UploadMemory(SimulatorApplication simulator) => (_simulator, _line) = (simulator, new SlowLine(simulator.Address));

    /// <summary>Measures and prints; false where bytes were wrong or a disk was written to.</summary>
    public async Task<bool> MeasureAsync(string name, Func<Uri, Task<ProxyProcess>> start, (int Count, int Mib, int Rounds) run)
    {
        List<UploadHold> holds = [];
        var (same, written) = (true, 0L);
        for (var round = 0; round < run.Rounds; round++)
        {
            // A process that has already served many at once has room left: each figure is of a fresh one.
            await using var proxy = await start(_line.Address);
            same &= await WarmUpAsync(proxy.Address);
            using var client = new UploadClient(_simulator);
            var (hold, isSame) = await HoldAsync(proxy, client, run.Count, MediaPart.OfSize(run.Mib << 20));
            holds.Add(hold);
            (same, written) = (same && isSame, Math.Max(written, proxy.Figures.DiskBytes));
        }

        await Console.Out.WriteLineAsync(
            $"{name,-11} {$"{run.Count} x {run.Mib} MiB",-12} an upload: read and not passed on {Figures(holds, hold => hold.HeldKib)} KiB, "
            + $"memory at the halt {Figures(holds, hold => hold.GrownKib)} KiB, at most {Figures(holds, hold => hold.PeakKib)} KiB; "
            + $"{(same ? "same SHA-256" : "DIFFERENT BYTES")}, {written} bytes written to a disk");
        return same && written < MostDiskBytes;
    }

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    /// <summary>One at a time: afterwards all is compiled and loaded, and the process has held one upload.</summary>
    private async Task<bool> WarmUpAsync(Uri proxy)
    {
        using var client = new UploadClient(_simulator);
        var media = MediaPart.OfSize(1 << 20);
        var same = true;
        for (var upload = 0; upload < WarmUps; upload++)
        {
            same &= await client.UploadAsync(proxy, 1, media);
        }

        await Task.Delay(Compiled);
        return same;
    }

    private async Task<(UploadHold Hold, bool Same)> HoldAsync(ProxyProcess proxy, UploadClient client, int count, MediaPart media)
    {
        var (before, received) = (proxy.Figures.ResidentMib, KernelBytes.Received(_line.Sockets));
        var halt = _line.HaltAfter(media.Content.Length / 2);
        var uploads = client.UploadAsync(proxy.Address, count, media);
        var peak = before;
        while (halt.Standing < count && !uploads.IsCompleted)
        {
            peak = Math.Max(peak, proxy.Figures.ResidentMib);
            await Task.Delay(SampleEvery);
        }

        // What is still moving comes to rest in the kernel's queues, or in the proxy.
        await Task.Delay(Still);
        var now = proxy.Figures.ResidentMib;
        var read = KernelBytes.Acknowledged(client.Sockets) - KernelBytes.UnreadAt(proxy.Address.Port);
        var passed = KernelBytes.Received(_line.Sockets) - received + KernelBytes.UnsentTo(_line.Address.Port);
        halt.Release();
        var same = await uploads;
        return (new UploadHold((read - passed) / 1024.0 / count, (now - before) * 1024 / count, (Math.Max(peak, now) - before) * 1024 / count), same);
    }

    private static string Figures(List<UploadHold> holds, Func<UploadHold, double> figure)
    {
        var sorted = holds.ConvertAll(hold => figure(hold).ToString("F0", CultureInfo.InvariantCulture));
        return $"{holds.Select(figure).Order().ElementAt(holds.Count / 2).ToString("F0", CultureInfo.InvariantCulture)} ({string.Join(", ", sorted)})";
    }
}
