using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>How fast others are served while slow clients hold connections, next to the same run without them; and whether the slow ones are cut.</summary>
internal static class SlowClientSoak
{
    private const int SlowHeads = 150;
    private const int NeverReading = 40;
    private const int Idle = 400;
    private const int Calls = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { AcceptUnknownSessions = true, KeptLimit = 64 });
        await using var proxy = await ProxyProcess.GatewayAsync(simulator.Address);
        await MeasureAsync(proxy.Address, simulator);
        var before = await MeasureAsync(proxy.Address, simulator);
        List<TcpClient> clients = [];
        var watch = Stopwatch.StartNew();
        var heads = await OpenAsync(proxy.Address, SlowHeads, "GET /config.php HTTP/1.1\r\nHost: x\r\n", clients);
        var readers = await OpenAsync(proxy.Address, NeverReading, string.Concat(Enumerable.Repeat("GET /plugin/ozliveness_main.js HTTP/1.1\r\nHost: x\r\n\r\n", 8)), clients);
        var idle = await OpenAsync(proxy.Address, Idle, "", clients);
        var trickled = heads.Select(TrickleAsync).ToList();
        var during = await MeasureAsync(proxy.Address, simulator);
        var cutHeads = await CountCutAsync(trickled, watch);
        var cutReaders = await CountCutAsync([.. readers.Select(NotReadAsync)], watch);
        var after = await MeasureAsync(proxy.Address, simulator);
        await Console.Out.WriteLineAsync($"""
            {Calls} polls      p50 ms   p99 ms   max ms
            without         {before}
            with            {during}   (p50 x {during.Median / before.Median:F2}, p99 x {during.High / before.High:F2})
            afterwards      {after}
            slow heads      {cutHeads.Count} of {SlowHeads} cut, the last after {cutHeads.Last.TotalSeconds:F0} s
            never reading   {cutReaders.Count} of {NeverReading} cut, the last after {cutReaders.Last.TotalSeconds:F0} s
            idle            {idle.Count(client => client.Connected)} of {Idle} held
            """);
        clients.ForEach(client => client.Dispose());
        return cutHeads.Count == SlowHeads && cutReaders.Count == NeverReading ? 0 : 1;
    }

    private static async Task<List<TcpClient>> OpenAsync(Uri gateway, int count, string bytes, List<TcpClient> all)
    {
        List<TcpClient> clients = [];
        for (var index = 0; index < count; index++)
        {
            var client = new TcpClient { ReceiveBufferSize = 4096 };
            await client.ConnectAsync(gateway.Host, gateway.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes));
            clients.Add(client);
        }

        all.AddRange(clients);
        return clients;
    }

    // A header line now and then keeps no head alive: the whole of it has its time.
    private static async Task TrickleAsync(TcpClient client)
    {
        var line = Encoding.ASCII.GetBytes("X-A: b\r\n");
        while (client.Client.Available == 0 && !client.Client.Poll(0, SelectMode.SelectRead))
        {
            await client.GetStream().WriteAsync(line);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    // Nothing is read; that the other side broke off shows when something is written.
    private static async Task NotReadAsync(TcpClient client)
    {
        var line = Encoding.ASCII.GetBytes("\r\n");
        while (true)
        {
            await client.GetStream().WriteAsync(line);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<(int Count, TimeSpan Last)> CountCutAsync(List<Task> waits, Stopwatch watch)
    {
        var count = 0;
        var last = TimeSpan.Zero;
        foreach (var wait in waits)
        {
            try
            {
                await wait.WaitAsync(Patience > watch.Elapsed ? Patience - watch.Elapsed : TimeSpan.FromMilliseconds(1));
            }
            catch (Exception cut) when (cut is IOException or SocketException)
            {
                // Cut in the middle of a write.
            }
            catch (TimeoutException)
            {
                continue;
            }

            (count, last) = (count + 1, watch.Elapsed);
        }

        return (count, last);
    }

    private static async Task<Latencies> MeasureAsync(Uri gateway, SimulatorApplication simulator)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        List<double> times = [];
        for (var call = 0; call < Calls; call++)
        {
            var watch = Stopwatch.StartNew();
            using var request = simulator.Dialect.Config(gateway);
            using var answer = await client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return new Latencies(times[Calls / 2], times[Calls * 99 / 100], times[^1]);
    }

    private sealed record Latencies(double Median, double High, double Most)
    {
        public override string ToString() => $"{Median,6:F2}   {High,6:F2}   {Most,6:F2}";
    }
}
