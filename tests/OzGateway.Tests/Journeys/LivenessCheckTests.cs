using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The main job, over all dialects, from YAML alone.</summary>
public sealed class LivenessCheckTests
{
    public static TheoryData<string, ResultMode> DialectsAndModes
    {
        get
        {
            var data = new TheoryData<string, ResultMode>();
            foreach (var dialect in Dialects.Names)
            {
                foreach (var mode in Enum.GetValues<ResultMode>())
                {
                    data.Add(dialect, mode);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(DialectsAndModes))]
    public async Task A_check_ends_with_the_bare_state_whatever_the_adapter_tells(string dialect, ResultMode mode)
    {
        await using var run = await GatewayRun.StartAsync(Dialects.Of(dialect));
        run.Simulator.Scenario = Scenario.Success with { ResultMode = mode };
        using var browser = run.Browser();

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync()).Status);
        var submitted = await browser.SubmitAsync();
        var first = await browser.PollAsync();
        var second = await browser.PollAsync();

        Assert.Equal(Answer.Processing, submitted.Text);
        Assert.Equal(Answer.Processing, first.Text);
        Assert.Equal(Answer.Finished, second.Text);
        using var backend = run.BackendClient();
        Assert.Equal("success", await backend.OutcomeAsync(submitted.TransactionId!));
    }

    [Theory]
    [MemberData(nameof(DialectsAndModes))]
    public async Task A_passed_and_a_failed_check_look_the_same_to_the_browser(string dialect, ResultMode mode)
    {
        await using var run = await GatewayRun.StartAsync(Dialects.Of(dialect));
        run.Simulator.Scenario = Scenario.Success with { ResultMode = mode, PollsUntilFinished = 1 };
        using var passing = run.Browser();
        var passed = await passing.CheckAsync();

        run.Simulator.Scenario = Scenario.Declined with { ResultMode = mode, PollsUntilFinished = 1 };
        using var failing = run.Browser(The.OtherUser);
        var failed = await failing.CheckAsync();

        Assert.Equal(Answer.Finished, passed.Text);
        Assert.Equal(passed.Everything, failed.Everything);
    }

    [Theory]
    [InlineData(Verdict.Success, "success")]
    [InlineData(Verdict.Declined, "declined")]
    [InlineData(Verdict.Failed, "failed")]
    [InlineData(Verdict.OperatorRequired, "operator_required")]
    public async Task The_backend_is_told_the_verdict_and_the_browser_is_not(Verdict verdict, string outcome)
    {
        await using var run = await GatewayRun.StartAsync();
        run.Simulator.Scenario = Scenario.Success with { Verdict = verdict, PollsUntilFinished = 0 };
        using var browser = run.Browser();
        await browser.OpenAsync();

        var answer = await browser.SubmitAsync();

        Assert.Equal(Answer.Finished, answer.Text);
        using var backend = run.BackendClient();
        Assert.Equal(outcome, await backend.OutcomeAsync(answer.TransactionId!));
    }

    [Fact]
    public async Task A_check_that_runs_is_processing_for_everybody()
    {
        await using var run = await GatewayRun.StartAsync();
        run.Simulator.Scenario = Scenario.Success with { PollsUntilFinished = int.MaxValue };
        using var browser = run.Browser();
        await browser.OpenAsync();

        var answer = await browser.SubmitAsync();

        Assert.Equal(Answer.Processing, answer.Text);
        Assert.Equal(Answer.Processing, (await browser.PollAsync()).Text);
        using var backend = run.BackendClient();
        Assert.Equal("processing", await backend.OutcomeAsync(answer.TransactionId!));
    }
}
