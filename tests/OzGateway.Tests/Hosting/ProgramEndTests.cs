using System.Net;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Simulator;
using OzGateway.Tests.Commands;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>The program as a process, told to end while a submission is on its way.</summary>
public sealed class ProgramEndTests : IAsyncLifetime, IDisposable
{
    private static readonly GatewaySettings ByAddress = new() { Sources = "    - client_address: {}" };

    private readonly FakeTimeProvider _ozTime = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient _http = new();
    private SimulatorApplication _simulator = null!;

    public async Task InitializeAsync() => _simulator = await SimulatorApplication.StartAsync(new SimulatorOptions
    {
        AcceptUnknownSessions = true,
        Time = _ozTime,
        Scenario = Scenario.Success with { Delay = TimeSpan.FromHours(1) }, // the adapter answers when the clock is moved, not before
    });

    [Fact]
    public async Task The_first_SIGTERM_is_seen_by_readiness_at_once_and_the_submission_is_finished()
    {
        using var file = new GatewayFile(_simulator, ByAddress);
        await WaitBeforeStoppingAsync(file, "2s");
        await using var program = ProgramProcess.Start(["run", "--config", file.Path]);
        var doors = await program.DoorsAsync();
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(doors.Admin));
        var answering = await SubmitAsync(doors.Public);

        program.Signal("TERM");
        while (await ReadyAsync(doors.Admin) is HttpStatusCode.OK)
        {
            await Task.Yield(); // a signal takes its moment to arrive
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(doors.Admin)); // said, while still serving
        _ozTime.Advance(TimeSpan.FromHours(1));
        using var answer = await answering;

        Assert.Equal(Answer.Processing, await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await program.ExitAsync());
        Assert.Contains("\"event\":\"Draining\"", program.Output, StringComparison.Ordinal);
        Assert.Contains("\"event\":\"Stopped\"", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_SIGTERM_does_not_wait_and_still_finishes_the_submission()
    {
        using var file = new GatewayFile(_simulator, ByAddress);
        await WaitBeforeStoppingAsync(file, "5m");
        await using var program = ProgramProcess.Start(["run", "--config", file.Path]);
        var answering = await SubmitAsync((await program.DoorsAsync()).Public);

        program.Signal("TERM");
        program.Signal("TERM");
        _ozTime.Advance(TimeSpan.FromHours(1));
        using var answer = await answering;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await program.ExitAsync());
    }

    [Fact]
    public async Task Ctrl_C_skips_the_wait()
    {
        using var file = new GatewayFile(_simulator, ByAddress);
        await WaitBeforeStoppingAsync(file, "5m");
        await using var program = ProgramProcess.Start(["run", "--config", file.Path]);
        await program.DoorsAsync();

        program.Signal("INT");

        Assert.Equal(0, await program.ExitAsync());
    }

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _http.Dispose();

    private static async Task WaitBeforeStoppingAsync(GatewayFile file, string notReady) => await File.WriteAllTextAsync(
        file.Path, (await File.ReadAllTextAsync(file.Path)).Replace("not_ready: 0s", $"not_ready: {notReady}", StringComparison.Ordinal));

    private async Task<HttpStatusCode> ReadyAsync(Uri admin)
    {
        using var answer = await _http.GetAsync(new Uri(admin, "health/ready"));
        return answer.StatusCode;
    }

    /// <summary>A submission that has reached the adapter whole and waits for its answer.</summary>
    private async Task<Task<HttpResponseMessage>> SubmitAsync(Uri door)
    {
        var answering = _http.SendAsync(_simulator.Dialect.Submission(door, "s", new Dictionary<string, string>(), [MediaPart.OfSize(100_000)], BodyKind.Multipart));
        while (_simulator.Received.Submissions.Count == 0)
        {
            Assert.False(answering.IsCompleted);
            await Task.Yield();
        }

        return answering;
    }
}
