using System.Net;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class SimulatedCheckTests
{
    public static TheoryData<string, BodyKind> DialectsAndBodies()
    {
        var data = new TheoryData<string, BodyKind>();
        foreach (var name in new[] { "default", "contrary" }.Concat(Enumerable.Range(1, 20).Select(static seed => $"random:{seed}")))
        {
            foreach (var kind in Dialect.Named(name)!.Bodies)
            {
                data.Add(name, kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(DialectsAndBodies))]
    public async Task A_check_is_completed_in_every_dialect_and_form(string dialect, BodyKind kind)
    {
        await using var run = await SimulatorRun.StartAsync(dialect: Dialect.Named(dialect));

        var session = await run.InitAsync();
        using var submitted = await run.SubmitAsync(session, kind, transactionId: "tx-ü-1");
        Assert.Equal(HttpStatusCode.OK, submitted.StatusCode);
        Assert.Equal(run.Dialect.ResultContentType, submitted.Content.Headers.ContentType!.ToString());
        Assert.Equal(CheckState.Processing, run.Dialect.ReadState(await submitted.Content.ReadAsStringAsync()));
        Assert.Equal(CheckState.Processing, run.Dialect.ReadState(await run.PollTextAsync(session)));
        Assert.Equal(CheckState.Finished, run.Dialect.ReadState(await run.PollTextAsync(session)));

        var folder = Assert.Single(run.Simulator.Folders);
        Assert.Equal("FINISHED", folder.ResolutionStatus);
        Assert.Equal(1000, Assert.Single(folder.Media).Length);
        var received = run.Simulator.Received.Single();
        Assert.True(received.Complete);
        Assert.Equal(session, received.AdapterSession);
        Assert.Equal(2, run.Simulator.Received.Polls.Count);
        // A container is opaque: what is in it, the simulator cannot know either.
        Assert.Equal(kind == BodyKind.Container ? null : "tx-ü-1", received.Meta(run.Dialect.TransactionIdKey));
        Assert.Equal(received.Metadata, folder.MetaData);
    }

    [Theory]
    [InlineData(Verdict.Success, "FINISHED", "SUCCESS")]
    [InlineData(Verdict.Declined, "FINISHED", "DECLINED")]
    [InlineData(Verdict.Failed, "FAILED", "FAILED")]
    [InlineData(Verdict.OperatorRequired, "FINISHED", "OPERATOR_REQUIRED")]
    public async Task A_verdict_ends_the_folder(Verdict verdict, string status, string resolution)
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate with { Verdict = verdict });

        Assert.Equal(CheckState.Finished, run.Dialect.ReadState(await run.SubmitTextAsync(await run.InitAsync())));

        var folder = Assert.Single(run.Simulator.Folders);
        Assert.Equal((status, resolution), (folder.ResolutionStatus, folder.SystemResolution));
    }

    [Fact]
    public async Task An_unknown_adapter_session_is_refused_and_makes_no_folder()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var submitted = await run.SubmitAsync("nobody-opened-this");
        using var polled = await run.PollAsync("nobody-opened-this");

        Assert.Equal(HttpStatusCode.Forbidden, submitted.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, polled.StatusCode);
        Assert.Empty(run.Simulator.Folders);
    }

    [Fact]
    public async Task An_unknown_adapter_session_is_taken_when_the_options_say_so()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { AcceptUnknownSessions = true });
        using var client = new HttpClient();

        using var answer = await client.SendAsync(
            simulator.Dialect.Submission(simulator.Address, "made-up", SimulatorRun.NoMeta, [MediaPart.OfSize(10)], BodyKind.Multipart));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(simulator.Folders);
    }

    [Fact]
    public async Task A_form_the_dialect_does_not_have_is_refused()
    {
        await using var run = await SimulatorRun.StartAsync(dialect: Dialect.Default with { Bodies = [BodyKind.Multipart] });
        var session = await run.InitAsync();

        using var answer = await run.Client.SendAsync(
            Dialect.Default.Submission(run.Simulator.Address, session, SimulatorRun.NoMeta, [MediaPart.OfSize(10)], BodyKind.Form));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(run.Simulator.Folders);
    }

    [Fact]
    public async Task A_path_of_no_dialect_is_not_found()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(RequestKind.Unknown, run.Simulator.Received.All.Single().Kind);
    }

    [Fact]
    public async Task Two_simulators_know_nothing_of_each_other()
    {
        await using var one = await SimulatorRun.StartAsync();
        await using var other = await SimulatorRun.StartAsync(Scenario.Declined);

        await one.SubmitTextAsync(await one.InitAsync());

        Assert.Single(one.Simulator.Folders);
        Assert.Empty(other.Simulator.Folders);
        Assert.Empty(other.Simulator.Received.All);
        Assert.Equal(Scenario.Success, one.Simulator.Scenario);
    }
}
