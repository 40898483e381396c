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

        // A change is not repeated: each is one call.
        while (await ReasonAsync(account) == "status")
        {
        }

        var calls = account.Simulator.Received.OzApiCalls.Count;
        account.Simulator.Scenario = Scenario.Success;
        Assert.Equal("circuit_open", await ReasonAsync(account));
        Assert.Equal((20, 20), (calls, account.Simulator.Received.OzApiCalls.Count));

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await ReasonAsync(account));
    }

    private static async Task<string?> ReasonAsync(OzAccount account) =>
        (await Record.ExceptionAsync(() => account.Client.SetMetadataAsync("folder", new Dictionary<string, string>(), CancellationToken.None)) as OzApiException)?.Reason;
}
