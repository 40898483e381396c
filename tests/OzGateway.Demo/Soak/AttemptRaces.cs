using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>Rounds of forty submissions at once with a limit of five, through gateways in processes of their own: five reach the adapter, each time.</summary>
internal static class AttemptRaces
{
    private const int AtOnce = 40;
    private const int Limit = 5;

    /// <summary>Runs all kinds.</summary>
    public static async Task<bool> RunAsync(DemoOptions options)
    {
        using var redis = await RedisProcess.StartAsync();
        var fine = true;
        string[] counts = ["started", "failed"];
        foreach (var count in counts)
        {
            fine &= await RunAsync(options, "in memory, one process", count, (1, null));
            fine &= await RunAsync(options, "on Redis, one process", count, (1, redis.Port));
            fine &= await RunAsync(options, "on Redis, two processes", count, (2, redis.Port));
        }

        return fine;
    }

    private static async Task<bool> RunAsync(DemoOptions options, string name, string count, (int Gateways, int? Redis) where)
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { AcceptUnknownSessions = true });
        var secrets = new SoakSecrets();
        List<ProxyProcess> gateways = [];
        for (var gateway = 0; gateway < where.Gateways; gateway++)
        {
            gateways.Add(await ProxyProcess.LimitedGatewayAsync(simulator.Address, secrets, new LimitedGateway(count, Limit, where.Redis)));
        }

        var wrong = 0;
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        for (var round = 0; round < options.Rounds; round++)
        {
            simulator.Received.Clear();
            var session = secrets.SessionOf($"{name} {count} {round}");
            var statuses = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(call => SubmitAsync(http, simulator, gateways[call % gateways.Count].Address, session)));
            var allowed = statuses.Count(status => status == 200);
            wrong += simulator.Received.Submissions.Count == Limit && allowed == Limit && statuses.Count(status => status == 429) == AtOnce - Limit ? 0 : 1;
        }

        gateways.ForEach(async gateway => await gateway.DisposeAsync());
        await Console.Out.WriteLineAsync($"{name,-26} count {count,-8} {options.Rounds} rounds of {AtOnce} at once, limit {Limit}: {options.Rounds - wrong} with exactly {Limit} at the adapter");
        return wrong == 0;
    }

    private static async Task<int> SubmitAsync(HttpClient http, SimulatorApplication simulator, Uri gateway, string session)
    {
        using var request = simulator.Dialect.Submission(gateway, "soak", new Dictionary<string, string>(), [MediaPart.OfSize(2000)], BodyKind.Multipart);
        request.Headers.Add("Cookie", $"session={session}");
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
