using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The main job, over all dialects, from YAML alone.</summary>
public sealed class LivenessCheckTests
{
    public static TheoryData<string> Dialects => ["default", "contrary", "random:1", "random:2", "random:3", "random:7", "random:11"];

    public static TheoryData<string, ResultMode> DialectsAndModes
    {
        get
        {
            var data = new TheoryData<string, ResultMode>();
            foreach (string dialect in (IEnumerable<string>)["default", "contrary", "random:1", "random:2", "random:3", "random:7", "random:11"])
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
        await using var run = await GatewayRun.StartAsync(Dialect.Named(dialect));
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
}
