using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>The end of the process under load: a slow upload and 50 polls are in flight when SIGTERM comes.</summary>
internal static class DrainSoak
{
    private const int Polls = 50;

    private static readonly TimeSpan UploadTakes = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AdapterTakes = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BeforeSignal = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostForTheEnd = TimeSpan.FromSeconds(30);

    /// <summary>An adapter that answers late, so that calls are in flight.</summary>
    public static SimulatorOptions SlowAdapter { get; } = new() { AcceptUnknownSessions = true, KeptLimit = 1000, Scenario = Scenario.Success with { Delay = AdapterTakes } };

    /// <summary>Four runs: two protocols, with an adapter that lives and one that is killed.</summary>
    public static async Task<int> RunAsync(DemoOptions options)
    {
        var fine = true;
        foreach (var protocol in (string[])["http1", "http2"])
        {
            fine &= await LivingAsync(protocol, options.Mib);
            fine &= await KilledAsync(protocol, options.Mib);
        }

        return fine ? 0 : 1;
    }

    private static async Task<bool> LivingAsync(string protocol, int mib)
    {
        await using var simulator = await SimulatorApplication.StartAsync(SlowAdapter);
        await using var gateway = await ProxyProcess.GatewayAsync(simulator.Address, protocol);
        using var http = Client(protocol);
        var media = MediaPart.OfSize(mib << 20);
        var calls = Begin(http, simulator.Dialect, gateway.Address, media);
        await Task.Delay(BeforeSignal);
        gateway.Terminate();
        var watch = Stopwatch.StartNew();
        var unready = UnreadyAsync(gateway, watch);
        var newcomers = NewcomersAsync(simulator.Dialect, gateway, protocol);
        var statuses = await Task.WhenAll(calls);
        var exit = await gateway.ExitAsync();
        watch.Stop();
        var hash = Convert.ToHexStringLower(SHA256.HashData(media.Content.Span));
        var whole = simulator.Received.Submissions is [var upload] && upload.Parts.Any(part => part.Sha256 == hash);
        var answered = statuses.Count(status => status == "200");
        var (good, bad) = await newcomers;
        await Console.Out.WriteLineAsync(
            $"{protocol} adapter lives   {answered} of {Polls + 1} answered 200, upload {(whole ? "same SHA-256" : "DIFFERENT")}; not ready after {await unready:F2} s; "
            + $"begun after the signal: {good} answered 200, {bad} otherwise; exit {exit} after {watch.Elapsed.TotalSeconds:F1} s");
        return answered == Polls + 1 && whole && bad == 0 && exit == 0 && watch.Elapsed <= MostForTheEnd;
    }

    private static async Task<bool> KilledAsync(string protocol, int mib)
    {
        await using var adapter = await ProxyProcess.AdapterAsync();
        await using var gateway = await ProxyProcess.GatewayAsync(adapter.Address, protocol);
        using var http = Client(protocol);
        var calls = Begin(http, Dialect.Default, gateway.Address, MediaPart.OfSize(mib << 20));
        await Task.Delay(BeforeSignal);
        gateway.Terminate();
        var watch = Stopwatch.StartNew();
        await Task.Delay(BeforeSignal);
        adapter.Kill();
        var statuses = await Task.WhenAll(calls);
        var exit = await gateway.ExitAsync();
        watch.Stop();
        var told = statuses.Count(status => status == "502 upstream_unavailable");
        await Console.Out.WriteLineAsync(
            $"{protocol} adapter killed  {told} of {Polls + 1} answered 502 with a whole problem{Others(statuses, "502 upstream_unavailable")}; exit {exit} after {watch.Elapsed.TotalSeconds:F1} s");
        return told == Polls + 1 && exit == 0 && watch.Elapsed <= MostForTheEnd;
    }

    private static List<Task<string>> Begin(HttpClient http, Dialect dialect, Uri door, MediaPart media)
    {
        var upload = dialect.Submission(door, "soak", new Dictionary<string, string>(), [media], BodyKind.Multipart);
        upload.Content = new SlowContent(upload.Content!, UploadTakes);
        return [StatusAsync(http, upload), .. Enumerable.Range(0, Polls).Select(poll => StatusAsync(http, dialect.Poll(door, $"poll-{poll}")))];
    }

    /// <summary>The status; of a problem its code too, read from a body that must be whole.</summary>
    private static async Task<string> StatusAsync(HttpClient http, HttpRequestMessage request)
    {
        try
        {
            (request.Version, request.VersionPolicy) = (http.DefaultRequestVersion, http.DefaultVersionPolicy);
            using var answer = await http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            var code = answer.IsSuccessStatusCode ? "" : $" {JsonDocument.Parse(body).RootElement.GetProperty("code").GetString()}";
            return $"{(int)answer.StatusCode}{code}";
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            return $"{failure.GetType().Name}: {failure.GetBaseException().Message}";
        }
    }

    private static async Task<double> UnreadyAsync(ProxyProcess gateway, Stopwatch watch)
    {
        using var http = new HttpClient();
        while (true)
        {
            using var answer = await http.GetAsync(new Uri(gateway.Admin, "health/ready"));
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return watch.Elapsed.TotalSeconds;
            }
        }
    }

    /// <summary>Calls that begin after the signal, on connections that a client keeps, until nobody listens any more.</summary>
    private static async Task<(int Good, int Bad)> NewcomersAsync(Dialect dialect, ProxyProcess gateway, string protocol)
    {
        using var http = Client(protocol);
        var (good, bad) = (0, 0);
        while (true)
        {
            var status = await StatusAsync(http, dialect.Asset(gateway.Address));
            if (status.Contains("refused", StringComparison.Ordinal))
            {
                return (good, bad);
            }

            (good, bad) = status == "200" ? (good + 1, bad) : (good, bad + 1);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static HttpClient Client(string protocol) => new()
    {
        DefaultRequestVersion = protocol == "http2" ? HttpVersion.Version20 : HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static string Others(IEnumerable<string> statuses, string expected) =>
        string.Concat(statuses.Where(status => status != expected).GroupBy(status => status).Select(group => $", {group.Count()} x {group.Key}"));
}
