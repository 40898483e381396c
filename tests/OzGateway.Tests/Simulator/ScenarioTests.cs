using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class ScenarioTests
{
    [Fact]
    public async Task A_scenario_is_switched_in_the_middle_of_a_check()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Processing);
        var session = await run.InitAsync();
        await run.SubmitTextAsync(session);
        Assert.Equal(CheckState.Processing, run.Dialect.ReadState(await run.PollTextAsync(session)));

        run.Simulator.Scenario = Scenario.Declined with { PollsUntilFinished = 1 };

        Assert.Equal(CheckState.Finished, run.Dialect.ReadState(await run.PollTextAsync(session)));
        Assert.Equal("DECLINED", run.Simulator.Folders.Single().SystemResolution);
    }

    [Fact]
    public async Task A_verdict_stays_when_the_scenario_changes_afterwards()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Immediate);
        var session = await run.InitAsync();
        await run.SubmitTextAsync(session);

        run.Simulator.Scenario = Scenario.Declined;
        await run.PollTextAsync(session);

        Assert.Equal("SUCCESS", run.Simulator.Folders.Single().SystemResolution);
    }

    [Fact]
    public async Task A_check_can_be_ended_without_a_poll()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Processing);
        await run.SubmitTextAsync(await run.InitAsync());

        run.Simulator.FinishFolder(run.Simulator.Folders.Single().FolderId, Verdict.Failed);

        Assert.Equal("FAILED", run.Simulator.Folders.Single().ResolutionStatus);
        Assert.Null(run.Simulator.FinishFolder("none", Verdict.Success));
    }

    [Fact]
    public async Task A_delay_follows_the_clock_of_the_options()
    {
        var time = new FakeTimeProvider();
        await using var run = await SimulatorRun.StartAsync(Scenario.Success with { Delay = TimeSpan.FromMinutes(5) }, time: time);
        var session = await run.InitAsync();

        var answer = run.SubmitTextAsync(session);
        while (!answer.IsCompleted)
        {
            Assert.True(time.GetUtcNow() < time.Start + TimeSpan.FromHours(1));
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(CheckState.Processing, run.Dialect.ReadState(await answer));
        Assert.True(time.GetUtcNow() >= time.Start + TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_client_that_leaves_a_hanging_adapter_finds_the_next_answer_sound()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Hanging);
        var session = await run.InitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var poll = run.Dialect.Poll(run.Simulator.Address, session);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Client.SendAsync(poll, patience.Token));

        run.Simulator.Scenario = Scenario.Success;

        Assert.Equal(CheckState.Processing, run.Dialect.ReadState(await run.PollTextAsync(session)));
    }

    [Fact]
    public void Every_named_scenario_is_found_by_its_name() =>
        Assert.All(Scenario.Names, static name => Assert.NotNull(Scenario.Named(name.ToUpperInvariant())));

    [Fact]
    public async Task A_scenario_is_set_over_http()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var content = new StringContent("{\"verdict\":\"operator_required\",\"polls_until_finished\":0,\"breakage\":\"html_with_json\"}", Encoding.UTF8, "application/json");

        using var answer = await run.Client.PutAsync("/simulator/scenario", content);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            new Scenario { Verdict = Verdict.OperatorRequired, PollsUntilFinished = 0, Breakage = Breakage.HtmlWithJson },
            run.Simulator.Scenario);
        using var named = await run.Client.PutAsync("/simulator/scenario/declined", null);
        Assert.Equal(Scenario.Declined, run.Simulator.Scenario);
    }

    [Fact]
    public async Task A_misspelt_scenario_is_refused_over_http()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var content = new StringContent("{\"verdct\":\"success\"}", Encoding.UTF8, "application/json");

        using var answer = await run.Client.PutAsync("/simulator/scenario", content);
        using var named = await run.Client.PutAsync("/simulator/scenario/happy", null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, named.StatusCode);
    }

    [Fact]
    public async Task Received_requests_and_folders_are_shown_and_forgotten_over_http()
    {
        await using var run = await SimulatorRun.StartAsync();
        await run.SubmitTextAsync(await run.InitAsync());

        var received = await run.Client.GetFromJsonAsync<JsonArray>("/simulator/received");
        var folders = await run.Client.GetFromJsonAsync<JsonArray>("/simulator/folders");
        using var received204 = await run.Client.DeleteAsync("/simulator/received");
        using var folders204 = await run.Client.DeleteAsync("/simulator/folders");

        Assert.Equal(["init", "submission"], received!.Select(static request => (string?)request!["kind"]));
        Assert.Single(folders!);
        Assert.Empty(run.Simulator.Received.All);
        Assert.Empty(run.Simulator.Folders);
    }
}
