using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Whatever Oz API does: the right outcome, no hang, nothing of its words.</summary>
public sealed class OzTroubleTests
{
    [Theory]
    [InlineData(nameof(OzApiBreakage.Error500))]
    [InlineData(nameof(OzApiBreakage.Unavailable))]
    [InlineData(nameof(OzApiBreakage.Html))]
    [InlineData(nameof(OzApiBreakage.Truncated))]
    [InlineData(nameof(OzApiBreakage.NoAnswer))]
    [InlineData(nameof(OzApiBreakage.Forbidden))]
    [InlineData(nameof(OzApiBreakage.InvalidToken))]
    public async Task Trouble_is_no_verdict_and_over_when_it_is_over(string breakage)
    {
        await using var run = await FinishedAsync(new SimulatorOptions());
        using var bank = run.BackendClient();
        var id = run.Simulator.Received.Single().Meta("transaction_id")!;
        run.Simulator.Scenario = run.Simulator.Scenario with { OzApiBreakage = Enum.Parse<OzApiBreakage>(breakage) };

        var answer = await bank.AskAsync(id, query: "?consume=true");

        Assert.Equal((HttpStatusCode.BadGateway, "oz_api_unavailable"), (answer.Status, answer.Code));
        run.Simulator.Scenario = Scenario.Success;
        Assert.Equal("success", await bank.OutcomeAsync(id, query: "?consume=true"));
    }

    [Theory]
    [InlineData(nameof(OzApiBreakage.BareArray), "success")]
    [InlineData(nameof(OzApiBreakage.LegacyAnalyseId), "success")]
    [InlineData(nameof(OzApiBreakage.SecondPage), "success")]
    [InlineData(nameof(OzApiBreakage.ForeignFolder), "success")]
    [InlineData(nameof(OzApiBreakage.DuplicateFolder), "ambiguous")]
    [InlineData(nameof(OzApiBreakage.NoAnalyses), "failed")]
    [InlineData(nameof(OzApiBreakage.UnknownResolution), "failed")]
    [InlineData(nameof(OzApiBreakage.NoFolder), "processing")]
    [InlineData(nameof(OzApiBreakage.MillisecondFilters), "success")]
    public async Task Odd_answers_have_the_right_outcome(string breakage, string outcome)
    {
        await using var run = await FinishedAsync(new SimulatorOptions());
        using var bank = run.BackendClient();
        run.Simulator.Scenario = run.Simulator.Scenario with { OzApiBreakage = Enum.Parse<OzApiBreakage>(breakage) };

        Assert.Equal(outcome, await bank.OutcomeAsync(run.Simulator.Received.Single().Meta("transaction_id")!));
    }

    [Theory]
    [InlineData(1, "5m", "ambiguous")]
    [InlineData(1, "1h", "success")]
    [InlineData(-1, "5m", "ambiguous")] // it is found by its id alone, and seems older than its transaction
    [InlineData(-1, "1h", "success")]
    public async Task A_clock_that_is_an_hour_off_is_tolerated_only_where_that_is_configured(int hours, string skew, string outcome)
    {
        await using var run = await FinishedAsync(new SimulatorOptions { Time = new Shifted(TimeSpan.FromHours(hours)) }, $", clock_skew: {skew}");
        using var bank = run.BackendClient();

        Assert.Equal(outcome, await bank.OutcomeAsync(run.Simulator.Received.Single().Meta("transaction_id")!));
    }

    [Theory]
    [InlineData("oz1_AAAA%26meta_data%3Diin%3D%3D900101300123")]
    [InlineData("%25")]
    [InlineData("transaction_id==x")]
    [InlineData("oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D")]
    [InlineData("oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("%D0%BEz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("OZ1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_id_with_the_syntax_of_a_query_never_reaches_Oz(string id)
    {
        await using var run = await GatewayRun.StartAsync();
        using var bank = run.BackendClient();

        var answer = await bank.AskAsync(id, query: "?wait=20s");

        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest); // the edge refuses what two readers could understand differently
        Assert.DoesNotContain("success", answer.Text, StringComparison.Ordinal);
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Fact]
    public async Task A_silent_Oz_is_given_up_in_its_time()
    {
        await using var run = await FinishedAsync(new SimulatorOptions(), ", timeout: 1s");
        using var bank = run.BackendClient();
        run.Simulator.Scenario = run.Simulator.Scenario with { OzApiDelay = Timeout.InfiniteTimeSpan };

        var answer = await bank.AskAsync(run.Simulator.Received.Single().Meta("transaction_id")!);

        Assert.Equal("oz_api_unavailable", answer.Code);
    }

    private static async Task<GatewayRun> FinishedAsync(SimulatorOptions options, string further = "")
    {
        var simulator = await SimulatorApplication.StartAsync(options);
        var run = await GatewayRun.StartAsync(settings: new GatewaySettings { OzApi = further }, simulator: simulator);
        run.Simulator.Scenario = Scenario.Immediate;
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.SubmitAsync();
        return run;
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
