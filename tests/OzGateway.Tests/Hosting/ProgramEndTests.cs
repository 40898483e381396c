using System.Net;
using System.Security.Cryptography;
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
        using var file = new GatewayFile(_simulator, ByAddress with { Drain = "not_ready: 2s" });
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

    [Theory]
    [InlineData("not_ready: 5m", true)]
    [InlineData("not_ready: 0s, timeout: 1s", false)]
    public async Task What_is_not_finished_at_a_second_SIGTERM_or_at_the_timeout_is_cut_and_the_end_is_orderly(string drain, bool isToldTwice)
    {
        using var file = new GatewayFile(_simulator, ByAddress with { Drain = drain });
        await using var program = ProgramProcess.Start(["run", "--config", file.Path]);
        var answering = await SubmitAsync((await program.DoorsAsync()).Public);

        program.Signal("TERM");
        if (isToldTwice)
        {
            await DrainingAsync(program); // two signals of one kind that are both pending are one
            program.Signal("TERM");
        }

        // The adapter has not answered and never will: the clock stands.
        await Assert.ThrowsAsync<HttpRequestException>(() => answering);
        Assert.True(await program.ExitAsync() == 0, program.Output + program.Errors);
        Assert.Contains("\"event\":\"Stopped\"", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"stack\"", program.Output, StringComparison.Ordinal);
        Assert.Equal("", program.Errors);
    }

    [Fact]
    public async Task A_large_upload_and_many_polls_in_flight_are_finished()
    {
        using var file = new GatewayFile(_simulator, ByAddress);
        await using var program = ProgramProcess.Start(["run", "--config", file.Path]);
        var door = (await program.DoorsAsync()).Public;
        var media = MediaPart.OfSize(8 << 20);
        var (uploading, held) = HeldSubmission(door, media);
        var polling = Enumerable.Range(0, 50).Select(poll => _http.SendAsync(_simulator.Dialect.Poll(door, $"poll-{poll}"))).ToList();
        await held.HalfSent;
        while (_simulator.Received.Polls.Count < polling.Count)
        {
            await Task.Yield();
        }

        program.Signal("TERM");
        await DrainingAsync(program);
        held.SendRest();
        while (_simulator.Received.Submissions.Count == 0)
        {
            await Task.Yield();
        }

        var answering = Task.WhenAll([uploading, .. polling]);
        while (!answering.IsCompleted)
        {
            _ozTime.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        var answers = await answering;

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.All(answers, answer => Assert.True(answer.Headers.ConnectionClose));
        Assert.Contains(Assert.Single(_simulator.Received.Submissions).Parts, part => part.Sha256 == Convert.ToHexStringLower(SHA256.HashData(media.Content.Span)));
        Assert.Equal(0, await program.ExitAsync());
    }

    [Fact]
    public async Task An_adapter_that_dies_during_the_drain_is_a_whole_problem_for_every_call()
    {
        using var adapter = new DyingAdapter();
        using var file = new GatewayFile(_simulator, ByAddress with { Destinations = $"\"{adapter.Address}\"" });
        await using var program = ProgramProcess.Start(["run", "--config", file.Path]);
        var door = (await program.DoorsAsync()).Public;
        var (uploading, held) = HeldSubmission(door, MediaPart.OfSize(8 << 20));
        var calls = Enumerable.Range(0, 20).Select(poll => _http.SendAsync(_simulator.Dialect.Poll(door, $"poll-{poll}"))).Append(uploading).ToList();
        while (adapter.Taken < calls.Count)
        {
            await Task.Yield();
        }

        program.Signal("TERM");
        await DrainingAsync(program);
        adapter.Die();
        held.SendRest(); // a client goes on sending until it has an answer
        var answers = await Task.WhenAll(calls.Select(async call => await Answer.ReadAsync(await call)));

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.BadGateway, "upstream_unavailable"), (answer.Status, answer.Code)));
        Assert.Equal(0, await program.ExitAsync());
    }

    [Fact]
    public async Task Ctrl_C_skips_the_wait()
    {
        using var file = new GatewayFile(_simulator, ByAddress with { Drain = "not_ready: 5m" });
        await using var program = ProgramProcess.Start(["run", "--config", file.Path]);
        await program.DoorsAsync();

        program.Signal("INT");

        Assert.Equal(0, await program.ExitAsync());
    }

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _http.Dispose();

    private static async Task DrainingAsync(ProgramProcess program)
    {
        while (!program.Output.Contains("\"event\":\"Draining\"", StringComparison.Ordinal))
        {
            await Task.Yield();
        }
    }

    private (Task<HttpResponseMessage> Answering, HeldContent Held) HeldSubmission(Uri door, MediaPart media)
    {
        var request = _simulator.Dialect.Submission(door, "s", new Dictionary<string, string>(), [media], BodyKind.Multipart);
        var held = new HeldContent(request.Content!);
        request.Content = held;
        return (_http.SendAsync(request), held);
    }

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
