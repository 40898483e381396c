using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Tests.Attempts;

/// <summary>The limiter of one process.</summary>
public sealed class InMemoryAttemptLimiterTests : AttemptLimiterContract
{
    private protected override LimiterUnderTest CreateLimiter(TimeProvider time) => LimiterUnderTest.Of(new InMemoryAttemptLimiter(time));

    [Fact]
    public async Task Users_who_stay_away_are_forgotten()
    {
        var time = new FakeTimeProvider();
        var limiter = new InMemoryAttemptLimiter(time);
        var policy = Policy(AttemptCount.Started, (5, 60));
        for (var user = 0; user < 50; user++)
        {
            await AcquireAsync(limiter, policy, UserKey.OfIdentifier(Keys, $"user {user}"));
        }

        time.Advance(TimeSpan.FromSeconds(61));
        for (var decision = 0; decision < 50; decision++)
        {
            await AcquireAsync(limiter, policy, Alice);
        }

        Assert.Equal(1, limiter.Count);
    }

    [Fact]
    public async Task A_refused_user_is_not_remembered_longer_than_the_attempts_that_count()
    {
        var time = new FakeTimeProvider();
        var limiter = new InMemoryAttemptLimiter(time);
        var policy = Policy(AttemptCount.Started, (1, 60));
        await AcquireAsync(limiter, policy, Alice);
        time.Advance(TimeSpan.FromSeconds(59));
        await AcquireAsync(limiter, policy, Alice);
        time.Advance(TimeSpan.FromSeconds(1));

        await AcquireAsync(limiter, policy, Bob);

        Assert.Equal(1, limiter.Count);
    }

    [Fact]
    public async Task Somebody_who_comes_back_while_being_forgotten_is_counted()
    {
        var time = new FakeTimeProvider();
        var limiter = new InMemoryAttemptLimiter(time);
        var policy = Policy(AttemptCount.Started, (5, 60));
        for (var round = 0; round < 500; round++)
        {
            await AcquireAsync(limiter, policy, Alice);
            time.Advance(TimeSpan.FromSeconds(61)); // the next decisions clear her log and count her anew at once

            var decisions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AcquireAsync(limiter, policy, Alice))));

            Assert.Equal(5, decisions.Count(decision => decision.Outcome is AttemptOutcome.Allowed));
            time.Advance(TimeSpan.FromSeconds(61));
        }
    }

    private static async Task<AttemptDecision> AcquireAsync(InMemoryAttemptLimiter limiter, AttemptPolicy policy, UserKey user) =>
        await limiter.AcquireAsync(new AttemptCall(user, null, Fresh()), policy, CancellationToken.None);
}
