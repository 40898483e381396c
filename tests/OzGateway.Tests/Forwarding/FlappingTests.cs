using OzGateway.Simulator;
using OzGateway.Simulator.Mixed;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Forwarding;

/// <summary>The long run <c>soak flapping</c>, small, and by the number of calls instead of the clock.</summary>
public sealed class FlappingTests
{
    [Fact]
    public async Task No_submission_is_sent_twice_and_no_body_is_wrong_while_the_adapter_comes_and_goes()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { AcceptUnknownSessions = true });
        await using var front = new FlappingFront(simulator.Address);
        await using var run = await GatewayRun.StartAsync(simulator: simulator, settings: new GatewaySettings
        {
            Destinations = $"\"{front.Address}\"",
            Sources = "    - client_address: {}",
            Attempts = "windows: [{ permit_limit: 10000, window: 1h }]",
        });

        var findings = await new MixedCalls(run.Public, simulator).RunAsync(calls: 300, connections: 8, before: number =>
        {
            if (number % 30 == 20)
            {
                front.GoDown();
            }

            if (number % 30 == 0)
            {
                front.ComeBack();
            }

            return Task.CompletedTask;
        });

        Assert.Empty(findings.Wrong);
        Assert.Equal(300, findings.Answered.Values.Sum() + findings.Refused.Values.Sum() + findings.Cut);
        Assert.NotEmpty(findings.Refused);
        Assert.Equal(5, findings.Answered.Count);
    }
}
