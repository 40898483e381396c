using OzGateway.Simulator;
using OzGateway.Tests.Commands;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Telemetry;

/// <summary>One check and one question of the backend, through the program as a process, with planted values everywhere; and all it told of them.</summary>
public sealed class ToldCheck : IAsyncLifetime
{
    private const string User = "planted-claim-user";
    internal const string BrowserTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly List<string> _planted =
        [User, "planted-", The.PageTransaction, The.PageUser, The.PageIin, "Astana-7", The.BackendKey, The.JwtSecret, The.UserKeySecret, "0.0579", "confidence", "original_url"];

    internal IReadOnlyList<string> Planted => _planted;

    internal SimulatorApplication Simulator { get; private set; } = null!;

    internal OtlpReceiver Receiver { get; private set; } = null!;

    internal string Console { get; private set; } = "";

    internal string Audit { get; private set; } = "";

    /// <summary>What Prometheus read after the check.</summary>
    internal Answer Scrape { get; private set; } = null!;

    internal string SubmissionRequestId { get; private set; } = "";

    internal IReadOnlyList<ExportedSpan> Spans { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Receiver = await OtlpReceiver.StartAsync();
        Simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { Scenario = Scenario.Success with { PollsUntilFinished = 1 } });
        using var file = new GatewayFile(Simulator, new GatewaySettings { Telemetry = "telemetry: { prometheus: true }" });
        await using var program = ProgramProcess.Start(["run", "--config", file.Path], new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Receiver.Address.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        var doors = await program.DoorsAsync();
        await CheckAsync(doors.Public, doors.Backend);
        using (var prometheus = new HttpClient())
        {
            using var answer = await prometheus.GetAsync(new Uri(doors.Admin, "metrics"));
            Scrape = await Answer.ReadAsync(answer);
        }

        program.Signal("TERM"); // what is left to export leaves now
        Assert.Equal(0, await program.ExitAsync());
        Console = program.Output;
        Audit = await File.ReadAllTextAsync(file.AuditPath);
        Spans = ExportedSpan.Read(Receiver.TraceRequests);
    }

    public async Task DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private async Task CheckAsync(Uri door, Uri backendDoor)
    {
        var dialect = Simulator.Dialect;
        var token = Tokens.For(User, TimeProvider.System.GetUtcNow());
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, ActivityHeadersPropagator = null });
        var session = dialect.ReadSession((await SendAsync(dialect.Init(door))).Text)!;
        var submission = dialect.Submission(door, session, The.PageMeta(dialect), [MediaPart.OfSize(100_000)], BodyKind.Multipart);
        submission.RequestUri = new Uri(submission.RequestUri + "?ver=planted-query-value");
        submission.Headers.Add("traceparent", $"00-{BrowserTrace}-00f067aa0ba902b7-01");
        submission.Headers.Add("tracestate", "vendor=planted-trace-state");
        submission.Headers.Add("baggage", "user=planted-baggage-value");
        submission.Headers.Add("User-Agent", "planted-agent");
        var submitted = await SendAsync(submission);
        Assert.Equal(Answer.Processing, submitted.Text);
        SubmissionRequestId = submitted.Headers["X-Request-Id"];
        Assert.Equal(Answer.Finished, (await SendAsync(dialect.Poll(door, session))).Text);
        using var backend = new BackendClient(backendDoor, The.BackendKey);
        Assert.Equal("success", await backend.OutcomeAsync(submitted.TransactionId!, User));
        Assert.Equal("not_found", await backend.OutcomeAsync(submitted.TransactionId!, "planted-other-user"));
        _planted.AddRange([submitted.TransactionId!, token, token.Split('.')[2], session, Simulator.Folders.Single().FolderId, Simulator.Options.OzApiToken]);

        async Task<Answer> SendAsync(HttpRequestMessage request)
        {
            request.Headers.Add("Cookie", $"session={token}");
            using var answer = await http.SendAsync(request);
            return await Answer.ReadAsync(answer);
        }
    }
}
