using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

/// <summary>A simulator of its own, and a client that speaks its dialect.</summary>
internal sealed class SimulatorRun : IAsyncDisposable
{
    private SimulatorRun(SimulatorApplication simulator)
    {
        Simulator = simulator;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = simulator.Address };
    }

    public SimulatorApplication Simulator { get; }

    public Dialect Dialect => Simulator.Dialect;

    public HttpClient Client { get; }

    public static IReadOnlyDictionary<string, string> NoMeta { get; } = new Dictionary<string, string>();

    public static async Task<SimulatorRun> StartAsync(Scenario? scenario = null, Dialect? dialect = null, TimeProvider? time = null) =>
        new(await SimulatorApplication.StartAsync(new SimulatorOptions
        {
            Scenario = scenario ?? Scenario.Success,
            Dialect = dialect ?? Dialect.Default,
            Time = time ?? TimeProvider.System,
        }));

    public async Task<string> InitAsync()
    {
        using var answer = await Client.SendAsync(Dialect.Init(Simulator.Address));
        answer.EnsureSuccessStatusCode();
        return Dialect.ReadSession(await answer.Content.ReadAsStringAsync())!;
    }

    public Task<HttpResponseMessage> SubmitAsync(string session, BodyKind kind = BodyKind.Multipart, int mediaBytes = 1000, string? transactionId = null) =>
        Client.SendAsync(Dialect.Submission(
            Simulator.Address,
            session,
            transactionId is null ? NoMeta : new Dictionary<string, string> { [Dialect.TransactionIdKey] = transactionId },
            [MediaPart.OfSize(mediaBytes)],
            kind));

    public async Task<string> SubmitTextAsync(string session)
    {
        using var answer = await SubmitAsync(session);
        return await answer.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> PollAsync(string session) => Client.SendAsync(Dialect.Poll(Simulator.Address, session));

    public async Task<string> PollTextAsync(string session)
    {
        using var answer = await PollAsync(session);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> OzApiAsync(string pathAndQuery, HttpMethod? method = null, string? json = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, pathAndQuery);
        request.Headers.Add("X-Forensic-Access-Token", token ?? Simulator.Options.OzApiToken);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        return await Client.SendAsync(request);
    }

    public async Task<JsonNode> OzApiJsonAsync(string pathAndQuery, HttpMethod? method = null, string? json = null, string? token = null)
    {
        using var answer = await OzApiAsync(pathAndQuery, method, json, token);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Simulator.DisposeAsync();
    }
}
