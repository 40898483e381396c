using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Tests.Attempts;

/// <summary>What every limiter must do; today there is one.</summary>
public sealed class AttemptLimiterTests
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly UserKey Bob = UserKey.OfIdentifier(Keys, "bob");

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryAttemptLimiter _limiter;

    public AttemptLimiterTests() => _limiter = new InMemoryAttemptLimiter(_time);

    [Fact]
    public async Task The_wait_is_what_is_left_until_the_oldest_counted_attempt_leaves()
    {
        var policy = Policy(AttemptCount.Started, (2, 60), (3, 600));
        await AcquireAsync(policy);
        _time.Advance(TimeSpan.FromSeconds(20));
        await AcquireAsync(policy);

        Assert.Equal(TimeSpan.FromSeconds(40), (await AcquireAsync(policy)).RetryAfter);
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.FromSeconds(480), (await AcquireAsync(policy)).RetryAfter); // the longer window: 600 - 120
    }

    [Fact]
    public async Task Users_and_budgets_are_separate()
    {
        var policy = Policy(AttemptCount.Started, (1, 60));
        await AcquireAsync(policy);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy, user: Bob)).Outcome);
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy with { Budget = "other" })).Outcome);
    }

    [Fact]
    public async Task A_held_attempt_is_acquired_once_and_covers_its_calls()
    {
        var policy = Policy(AttemptCount.Started, (2, 60)) with { Uploads = 2 };
        var held = Fresh();
        var first = await AcquireAsync(policy, held);
        var second = await AcquireAsync(policy, held);
        var third = await AcquireAsync(policy, held);

        Assert.Equal((held, held), (first.Attempt, second.Attempt));
        Assert.Equal(AttemptOutcome.Allowed, third.Outcome);
        Assert.NotEqual(held, third.Attempt); // used up: a fresh attempt, whose id the decision carries
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, held)).Outcome);
    }

    [Fact]
    public async Task A_settled_attempt_is_no_free_try()
    {
        var policy = Policy(AttemptCount.Started, (5, 60)) with { Uploads = 5 };
        var held = Fresh();
        await AcquireAsync(policy, held);
        await SettleAsync(held, policy, AttemptSettlement.Declined);

        Assert.NotEqual(held, (await AcquireAsync(policy, held)).Attempt);
    }

    [Fact]
    public async Task Pending_counts_like_failed_and_the_first_settlement_wins()
    {
        var policy = Policy(AttemptCount.Failed, (1, 60));
        var attempt = (await AcquireAsync(policy)).Attempt;
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);

        await SettleAsync(attempt, policy, AttemptSettlement.Succeeded);
        await SettleAsync(attempt, policy, AttemptSettlement.Declined);

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task What_is_given_back_is_capped_per_window()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { RefundLimit = 2 };
        for (var refund = 0; refund < 2; refund++)
        {
            var decision = await AcquireAsync(policy);
            Assert.Equal(AttemptOutcome.Allowed, decision.Outcome);
            await SettleAsync(decision.Attempt, policy, AttemptSettlement.Refunded);
        }

        var last = await AcquireAsync(policy);
        await SettleAsync(last.Attempt, policy, AttemptSettlement.Refunded);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
    }

    [Theory]
    [InlineData("Started")]
    [InlineData("Failed")]
    public async Task Of_forty_at_once_five_are_allowed(string count)
    {
        for (var round = 0; round < 20; round++)
        {
            var policy = Policy(Enum.Parse<AttemptCount>(count), (5, 60)) with { Budget = $"round {round}" };

            var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => AcquireAsync(policy))));

            Assert.Equal(5, decisions.Count(decision => decision.Outcome is AttemptOutcome.Allowed));
        }
    }

    [Fact]
    public async Task Users_who_stay_away_are_forgotten()
    {
        var policy = Policy(AttemptCount.Started, (5, 60));
        for (var user = 0; user < 50; user++)
        {
            await AcquireAsync(policy, user: UserKey.OfIdentifier(Keys, $"user {user}"));
        }

        _time.Advance(TimeSpan.FromSeconds(61));
        for (var decision = 0; decision < 50; decision++)
        {
            await AcquireAsync(policy);
        }

        Assert.Equal(1, _limiter.Count);
    }

    [Fact]
    public void Any_schedule_agrees_with_a_naive_model()
    {
        var step = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 30]);
        step.Array[0, 60].Sample(schedule =>
        {
            var time = new FakeTimeProvider();
            var limiter = new InMemoryAttemptLimiter(time);
            var policy = Policy(AttemptCount.Failed, (3, 60), (5, 200)) with { RefundLimit = 2 };
            var model = new List<(TransactionId Id, double At, bool Counts, bool Settled)>();
            var refunds = new List<double>();
            var now = 0.0;
            foreach (var (verb, amount) in schedule)
            {
                if (verb == 0)
                {
                    now += amount;
                    time.Advance(TimeSpan.FromSeconds(amount));
                }
                else if (verb <= 2)
                {
                    var decision = limiter.AcquireAsync(new AttemptCall(Alice, null, Fresh()), policy, default).AsTask().GetAwaiter().GetResult();
                    var allowed = policy.Windows.All(window => model.Count(entry => entry.Counts && entry.At > now - window.Window.TotalSeconds) < window.PermitLimit);
                    if ((decision.Outcome is AttemptOutcome.Allowed) != allowed)
                    {
                        return false;
                    }

                    if (allowed)
                    {
                        model.Add((decision.Attempt, now, true, false));
                    }
                }
                else if (model.FindIndex(entry => !entry.Settled && entry.At > now - 200) is >= 0 and var pending)
                {
                    var refund = verb == 4;
                    limiter.SettleAsync(Alice, model[pending].Id, policy, refund ? AttemptSettlement.Refunded : AttemptSettlement.Succeeded, default).AsTask().GetAwaiter().GetResult();
                    var given = !refund || policy.Windows.All(window => refunds.Count(at => at > now - window.Window.TotalSeconds) < 2);
                    if (refund && given)
                    {
                        refunds.Add(now);
                    }

                    model[pending] = model[pending] with { Settled = true, Counts = !given };
                }
            }

            return true;
        });
    }

    private static TransactionId Fresh() => TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch);

    private static AttemptPolicy Policy(AttemptCount count, params (int Limit, int Seconds)[] windows) => new()
    {
        Budget = "default",
        Count = count,
        Windows = [.. windows.Select(window => new AttemptWindow(window.Limit, TimeSpan.FromSeconds(window.Seconds)))],
    };

    private async Task<AttemptDecision> AcquireAsync(AttemptPolicy policy, TransactionId? held = null, UserKey? user = null) =>
        await _limiter.AcquireAsync(new AttemptCall(user ?? Alice, held, Fresh()), policy, CancellationToken.None);

    private async Task SettleAsync(TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement) =>
        await _limiter.SettleAsync(Alice, attempt, policy, settlement, CancellationToken.None);
}
