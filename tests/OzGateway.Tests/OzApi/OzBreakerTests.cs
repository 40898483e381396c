using Microsoft.Extensions.Time.Testing;
using OzGateway.OzApi;
using OzGateway.Simulator;

namespace OzGateway.Tests.OzApi;

/// <summary>An Oz that only fails is left alone for a while.</summary>
public sealed class OzBreakerTests
{
    [Fact]
    public async Task An_Oz_that_fails_again_and_again_is_left_alone_and_asked_again_later()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var account = await OzAccount.OpenAsync(OzApiBreakage.Error500, policy => policy with { Timeout = TimeSpan.FromHours(20) }, clock);

        var questions = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReasonAsync(account)));
        while (!questions.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100)); // the pauses before repetitions
            await Task.Delay(1);
        }

        var calls = account.Simulator.Received.OzApiCalls.Count;
        account.Simulator.Scenario = Scenario.Success;
        Assert.Equal("circuit_open", await ReasonAsync(account));
        Assert.InRange(calls, 20, 59); // opened before all of them had been tried three times
        Assert.Equal(calls, account.Simulator.Received.OzApiCalls.Count);

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await ReasonAsync(account));
    }

    private static async Task<string?> ReasonAsync(OzAccount account) =>
        (await Record.ExceptionAsync(() => account.FindAsync()) as OzApiException)?.Reason;
}
