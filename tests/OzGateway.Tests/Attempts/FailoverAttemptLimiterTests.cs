using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Tests.Testing;
using StackExchange.Redis;

namespace OzGateway.Tests.Attempts;

/// <summary>What a store that was away is told when it is back.</summary>
public sealed class FailoverAttemptLimiterTests
{
    [RedisTheory]
    [InlineData("Succeeded", "Allowed")]
    [InlineData("Declined", "Exceeded")]
    public async Task A_settlement_that_the_store_refused_is_told_when_it_answers_again(string settlement, string next)
    {
        using var server = await RedisServer.StartAsync();
        await using var operators = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await using var connection = await server.ConnectAsync();
        var limiter = new FailoverAttemptLimiter(
            new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped), new InMemoryAttemptLimiter(TimeProvider.System), TimeProvider.System, NullLogger<FailoverAttemptLimiter>.Instance);
        var keys = GatewayKeys.Ephemeral();
        var user = UserKey.OfIdentifier(keys, The.User);
        var policy = new AttemptPolicy { Budget = "default", Count = AttemptCount.Failed, Windows = [new AttemptWindow(1, TimeSpan.FromHours(1))], OnStoreFailure = StoreFailureAction.Reject };
        var attempt = (await AcquireAsync()).Attempt;

        await operators.GetDatabase().ExecuteAsync("ACL", "SETUSER", "default", "-@scripting");
        Assert.False(await limiter.SettleAsync(user, attempt, policy, Enum.Parse<AttemptSettlement>(settlement), CancellationToken.None));
        Assert.Equal(AttemptOutcome.LimiterUnavailable, (await AcquireAsync()).Outcome);
        await operators.GetDatabase().ExecuteAsync("ACL", "SETUSER", "default", "+@scripting");
        var decision = await AcquireAsync(); // that it is back is seen by a decision; what waits is told beside it
        while (decision.Outcome is not AttemptOutcome.Allowed && (await limiter.ShowAsync(user, policy, CancellationToken.None))?.Pending != 0)
        {
            decision = await AcquireAsync();
        }

        decision = decision.Outcome is AttemptOutcome.Allowed ? decision : await AcquireAsync();
        Assert.Equal(Enum.Parse<AttemptOutcome>(next), decision.Outcome);

        Task<AttemptDecision> AcquireAsync() =>
            limiter.AcquireAsync(new AttemptCall(user, null, TransactionId.Issue(keys, user, DateTimeOffset.UnixEpoch)), policy, CancellationToken.None).AsTask();
    }
}
