using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Tests.Attempts;

/// <summary>The limiter of one process.</summary>
public sealed class InMemoryAttemptLimiterTests : AttemptLimiterContract
{
    private protected override LimiterUnderTest CreateLimiter(TimeProvider time) => new(new InMemoryAttemptLimiter(time));

    [Fact]
    public async Task Users_who_stay_away_are_forgotten()
    {
        var time = new FakeTimeProvider();
        var limiter = new InMemoryAttemptLimiter(time);
        var policy = Policy(AttemptCount.Started, (5, 60));
        for (var user = 0; user < 20_000; user++)
        {
            await AcquireAsync(limiter, policy, UserKey.OfIdentifier(Keys, $"user {user}"));
            time.Advance(TimeSpan.FromMilliseconds(60)); // a thousand of them are inside the window
        }

        Assert.InRange(limiter.Count, 1000, 3000);
    }

    [Fact]
    public async Task A_full_table_takes_nobody_new_drops_nobody_and_has_room_again_when_somebody_has_left()
    {
        var time = new FakeTimeProvider();
        var limiter = new InMemoryAttemptLimiter(time, new AttemptStorePolicy { UserLimit = 1 });
        var policy = Policy(AttemptCount.Started, (1, 60));
        await AcquireAsync(limiter, policy, Alice);
        time.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(limiter, policy, Alice)).Outcome); // a refusal is no reason to remember her longer
        Assert.Equal(AttemptOutcome.LimiterUnavailable, (await AcquireAsync(limiter, policy, Bob)).Outcome);

        time.Advance(TimeSpan.FromSeconds(1));
        var tries = 0;
        while ((await AcquireAsync(limiter, policy, Bob)).Outcome is not AttemptOutcome.Allowed)
        {
            Assert.InRange(++tries, 1, 300); // part after part of the table is looked through
        }

        Assert.Equal(1, limiter.Count);
    }

    [Fact]
    public async Task Two_hundred_thousand_users_are_told_apart()
    {
        var limiter = new InMemoryAttemptLimiter(new FakeTimeProvider());
        var policy = Policy(AttemptCount.Started, (2, 60));
        var users = Enumerable.Range(0, 200_000).Select(user => UserKey.OfIdentifier(Keys, $"user {user}")).ToList();
        foreach (var user in users.Concat(users))
        {
            Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(limiter, policy, user)).Outcome);
        }

        foreach (var user in users)
        {
            Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(limiter, policy, user)).Outcome);
        }

        Assert.Equal(200_000, limiter.Count);
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var limiter = new InMemoryAttemptLimiter(new FakeTimeProvider());
        var policy = Policy(AttemptCount.Started, (1, 60), (3, 600));
        var call = new AttemptCall(Alice, null, Fresh());
        Decide();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decide();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Decide()
        {
            for (var decision = 0; decision < 100; decision++)
            {
#pragma warning disable CA2012 // An await would allocate in a debug build; that it is over at once is what is asserted.
                Assert.True(limiter.AcquireAsync(call, policy, CancellationToken.None).IsCompletedSuccessfully);
#pragma warning restore CA2012 // Only there.
            }
        }
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
