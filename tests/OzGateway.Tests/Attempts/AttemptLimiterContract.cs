using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Configuration.Reading;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Tests.Attempts;

/// <summary>What every limiter must do, wherever it keeps its counts: the bodies stand here, a limiter only says how it is made.</summary>
public abstract class AttemptLimiterContract
{
    private protected static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private protected static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private protected static readonly UserKey Bob = UserKey.OfIdentifier(Keys, "bob");

    // The same person while only the old secret is known, while both are, and when the old one has been taken away.
    private static readonly Secret Old = new("the old secret of thirty-two bytes or more"u8);
    private static readonly Secret Next = new("the next secret of thirty-two bytes or more"u8);
    private static readonly UserKey Before = UserKey.OfIdentifier(GatewayKeys.From(Old), "carol");
    private static readonly UserKey During = UserKey.OfIdentifier(GatewayKeys.From(Next, Old), "carol");
    private static readonly UserKey After = UserKey.OfIdentifier(GatewayKeys.From(Next), "carol");

    private readonly FakeTimeProvider _time = new();
    private readonly Lazy<LimiterUnderTest> _limiter;

    protected AttemptLimiterContract() => _limiter = new(() => CreateLimiter(_time));

    private protected abstract LimiterUnderTest CreateLimiter(TimeProvider time);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task The_permit_limit_is_allowed_and_not_one_more(int limit)
    {
        var policy = Policy(AttemptCount.Started, (limit, 60));
        for (var attempt = 0; attempt < limit; attempt++)
        {
            Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
        }

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task The_wait_is_what_is_left_until_the_oldest_counted_attempt_leaves()
    {
        var policy = Policy(AttemptCount.Started, (2, 60), (3, 600));
        await AcquireAsync(policy);
        Advance(20);
        await AcquireAsync(policy);

        Assert.Equal(TimeSpan.FromSeconds(40), (await AcquireAsync(policy)).RetryAfter);
        Advance(40);
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
        Advance(60);
        Assert.Equal(TimeSpan.FromSeconds(480), (await AcquireAsync(policy)).RetryAfter); // the longer window: 600 - 120
    }

    [Fact]
    public async Task Whoever_waits_as_long_as_told_is_allowed_and_a_moment_earlier_is_not()
    {
        var policy = Policy(AttemptCount.Started, (1, 60));
        await AcquireAsync(policy);
        var wait = (await AcquireAsync(policy)).RetryAfter;

        Advance(wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), (await AcquireAsync(policy)).RetryAfter);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task A_window_slides_it_does_not_begin_anew()
    {
        var policy = Policy(AttemptCount.Started, (2, 60));
        await AcquireAsync(policy);
        Advance(50);
        await AcquireAsync(policy);
        Advance(10); // the first has left, the second has 50 s to go

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
        Assert.Equal(TimeSpan.FromSeconds(50), (await AcquireAsync(policy)).RetryAfter);
    }

    [Fact]
    public async Task A_refused_call_costs_nothing()
    {
        var policy = Policy(AttemptCount.Started, (1, 60));
        await AcquireAsync(policy);
        Advance(59);
        await AcquireAsync(policy);
        await AcquireAsync(policy);
        Advance(1);

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task An_allowed_call_need_not_wait()
    {
        Assert.Equal(TimeSpan.Zero, (await AcquireAsync(Policy(AttemptCount.Started, (1, 60)))).RetryAfter);
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
    public async Task A_ticket_that_was_never_counted_names_its_own_attempt()
    {
        var held = Fresh();

        Assert.Equal(held, (await AcquireAsync(Policy(AttemptCount.Started, (1, 60)), held)).Attempt);
    }

    [Fact]
    public async Task Without_a_ticket_every_call_is_an_attempt_of_its_own()
    {
        var policy = Policy(AttemptCount.Started, (2, 60)) with { Uploads = 5 };
        var first = await AcquireAsync(policy);
        var second = await AcquireAsync(policy);

        Assert.NotEqual(first.Attempt, second.Attempt);
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
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
    public async Task A_further_call_of_a_counted_check_passes_even_when_nothing_is_left()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { Uploads = 2 };
        var held = Fresh();
        await AcquireAsync(policy, held);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
        Assert.Equal((AttemptOutcome.Allowed, held), await OutcomeAndIdAsync(policy, held));
    }

    [Theory]
    [InlineData("Declined")]
    [InlineData("Succeeded")]
    public async Task A_settled_attempt_is_no_free_try(string settlement)
    {
        var policy = Policy(AttemptCount.Started, (5, 60)) with { Uploads = 5 };
        var held = Fresh();
        await AcquireAsync(policy, held);
        await SettleAsync(held, policy, Enum.Parse<AttemptSettlement>(settlement));

        Assert.NotEqual(held, (await AcquireAsync(policy, held)).Attempt);
    }

    [Fact]
    public async Task A_held_attempt_of_one_user_covers_nobody_else()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { Uploads = 5 };
        var held = Fresh();
        await AcquireAsync(policy, held);
        await AcquireAsync(policy, held, Bob);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, user: Bob)).Outcome);
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

    [Theory]
    [InlineData("Started", "Succeeded", "Exceeded")]
    [InlineData("Started", "Declined", "Exceeded")]
    [InlineData("Started", "Refunded", "Allowed")]
    [InlineData("Failed", "Succeeded", "Allowed")]
    [InlineData("Failed", "Declined", "Exceeded")]
    [InlineData("Failed", "Refunded", "Allowed")]
    public async Task What_an_attempt_costs_in_the_end(string count, string settlement, string next)
    {
        var policy = Policy(Enum.Parse<AttemptCount>(count), (1, 60));
        var attempt = (await AcquireAsync(policy)).Attempt;

        await SettleAsync(attempt, policy, Enum.Parse<AttemptSettlement>(settlement));

        Assert.Equal(Enum.Parse<AttemptOutcome>(next), (await AcquireAsync(policy)).Outcome);
    }

    [Theory]
    [InlineData("Declined")]
    [InlineData("Succeeded")]
    public async Task What_was_settled_is_not_given_back(string first)
    {
        var policy = Policy(AttemptCount.Started, (1, 60));
        var attempt = (await AcquireAsync(policy)).Attempt;
        await SettleAsync(attempt, policy, Enum.Parse<AttemptSettlement>(first));

        await SettleAsync(attempt, policy, AttemptSettlement.Refunded);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task Settling_what_nobody_acquired_changes_nothing()
    {
        var policy = Policy(AttemptCount.Failed, (1, 60));
        await SettleAsync(Fresh(), policy, AttemptSettlement.Refunded);
        await AcquireAsync(policy);
        await SettleAsync(Fresh(), policy, AttemptSettlement.Succeeded);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task What_is_given_back_is_capped_per_window()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { RefundLimit = 2 };
        for (var refund = 0; refund < 2; refund++)
        {
            await RefundOneAsync(policy);
        }

        var last = await AcquireAsync(policy);
        await SettleAsync(last.Attempt, policy, AttemptSettlement.Refunded);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task By_default_as_many_are_given_back_as_are_permitted()
    {
        var policy = Policy(AttemptCount.Started, (2, 60));
        await RefundOneAsync(policy);
        await RefundOneAsync(policy);
        await RefundOneAsync(policy); // spent
        await RefundOneAsync(policy); // spent

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task With_a_refund_limit_of_zero_nothing_is_given_back()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { RefundLimit = 0 };
        await RefundOneAsync(policy);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task A_refund_leaves_its_window_like_an_attempt()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { RefundLimit = 1 };
        await RefundOneAsync(policy);
        Advance(60);
        await RefundOneAsync(policy);

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
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
            Assert.Equal(5, decisions.Where(decision => decision.Outcome is AttemptOutcome.Allowed).Select(decision => decision.Attempt).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("Started", "Declined", 5)]
    [InlineData("Failed", "Declined", 5)]
    [InlineData("Started", "Succeeded", 5)]
    public async Task Settlements_that_race_with_attempts_let_nobody_slip_through(string count, string settlement, int allowed)
    {
        for (var round = 0; round < 10; round++)
        {
            var policy = Policy(Enum.Parse<AttemptCount>(count), (5, 60)) with { Budget = $"race {round}" };

            var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
            {
                var decision = await AcquireAsync(policy);
                await SettleAsync(decision.Attempt, policy, Enum.Parse<AttemptSettlement>(settlement));
                return decision;
            })));

            Assert.Equal(allowed, decisions.Count(decision => decision.Outcome is AttemptOutcome.Allowed));
        }
    }

    [Fact]
    public async Task With_count_failed_successes_that_race_make_room_and_failures_do_not()
    {
        var policy = Policy(AttemptCount.Failed, (5, 60));
        var failed = 0;

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(async () =>
        {
            var decision = await AcquireAsync(policy);
            if (decision.Outcome is AttemptOutcome.Allowed)
            {
                var success = number % 2 == 0;
                await SettleAsync(decision.Attempt, policy, success ? AttemptSettlement.Succeeded : AttemptSettlement.Declined);
                Interlocked.Add(ref failed, success ? 0 : 1);
            }
        })));

        Assert.InRange(failed, 0, 5);
        var left = 0;
        while ((await AcquireAsync(policy)).Outcome is AttemptOutcome.Allowed)
        {
            left++;
        }

        Assert.Equal(5, failed + left);
    }

    [Fact]
    public async Task Refunds_that_race_are_capped()
    {
        var policy = Policy(AttemptCount.Started, (5, 60)) with { RefundLimit = 3 };

        var decisions = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(async () =>
        {
            var decision = await AcquireAsync(policy);
            await SettleAsync(decision.Attempt, policy, AttemptSettlement.Refunded);
            return decision;
        })));

        var allowed = decisions.Count(decision => decision.Outcome is AttemptOutcome.Allowed);
        while ((await AcquireAsync(policy)).Outcome is AttemptOutcome.Allowed)
        {
            allowed++;
        }

        Assert.Equal(8, allowed); // the limit, and what came back
    }

    [Fact]
    public async Task What_is_withdrawn_leaves_no_trace()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { RefundLimit = 0 };
        for (var round = 0; round < 3; round++)
        {
            var decision = await AcquireAsync(policy);
            Assert.Equal(AttemptOutcome.Allowed, decision.Outcome);
            await SettleAsync(decision.Attempt, policy, AttemptSettlement.Withdrawn);
        }
    }

    [Fact]
    public async Task The_window_that_decides_next_is_told()
    {
        var policy = Policy(AttemptCount.Started, (2, 60), (3, 600));

        Assert.Equal(new AttemptQuota(0, 1, TimeSpan.FromSeconds(60)), (await AcquireAsync(policy)).Quota);
        Advance(10);
        Assert.Equal(new AttemptQuota(0, 0, TimeSpan.FromSeconds(50)), (await AcquireAsync(policy)).Quota);
        Assert.Equal(new AttemptQuota(0, 0, TimeSpan.FromSeconds(50)), (await AcquireAsync(policy)).Quota);
        Advance(50);
        Assert.Equal(new AttemptQuota(1, 0, TimeSpan.FromSeconds(540)), (await AcquireAsync(policy)).Quota);
    }

    [Fact]
    public async Task So_many_are_in_flight_and_not_one_more()
    {
        var policy = Policy(AttemptCount.Started, (10, 60)) with { Concurrency = 2 };
        var first = await AcquireAsync(policy);
        await AcquireAsync(policy);
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);

        await _limiter.Value.ReleaseAsync(Alice, first.Attempt, policy);

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task A_call_in_flight_whose_process_died_is_forgotten_in_the_end()
    {
        var policy = Policy(AttemptCount.Started, (10, 6000)) with { Concurrency = 1 };
        await AcquireAsync(policy);
        Advance(600);

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task An_operator_sees_where_a_user_stands_and_can_reset_it()
    {
        var policy = Policy(AttemptCount.Failed, (2, 60), (5, 600));
        await SettleAsync((await AcquireAsync(policy)).Attempt, policy, AttemptSettlement.Succeeded);
        await SettleAsync((await AcquireAsync(policy)).Attempt, policy, AttemptSettlement.Refunded);
        await AcquireAsync(policy);
        Advance(15);
        await AcquireAsync(policy);

        var standing = await _limiter.Value.ShowAsync(Alice, policy);
        await _limiter.Value.ResetAsync(Alice, policy);
        var after = await _limiter.Value.ShowAsync(Alice, policy);

        Assert.Equal([2, 2], standing!.Counted);
        Assert.Equal((2, 1, TimeSpan.FromSeconds(45), false), (standing.Pending, standing.GivenBack, standing.RetryAfter, standing.Disabled));
        Assert.Equal([0, 0], after!.Counted);
        Assert.Equal((0, 0, TimeSpan.Zero, false), (after.Pending, after.GivenBack, after.RetryAfter, after.Disabled));
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    // Times at which a person who always tries at once, and always fails, is let through: from the text of each preset.
    [Theory]
    [InlineData("aws-liveness", 10, 40, "0 10 20 30 40 1840 1850 1860 1870 1880 5480 5490 5500 5510 5520 12720 12730 12740 12750 12760 never")]
    [InlineData("nist-800-63b", 10, 12, "0 10 20 30 40 70 100 130 160 190 220 250")]
    [InlineData("nist-800-63b-pad", 10, 13, "0 10 20 30 40 50 60 70 80 90 120 150 180")]
    [InlineData("strict-3", 10, 6, "0 10 20 86400 86410 86420")]
    public async Task A_preset_lets_through_when_its_text_says(string preset, int step, int tries, string schedule)
    {
        var policy = Preset(preset);
        var (now, times) = (0L, new List<string>());
        for (var attempt = 0; attempt < tries; attempt++)
        {
            var decision = await AcquireAsync(policy);
            if (decision.Outcome is AttemptOutcome.Exceeded)
            {
                if ((await _limiter.Value.ShowAsync(Alice, policy))!.Disabled)
                {
                    times.Add("never");
                    break;
                }

                now += (long)decision.RetryAfter.TotalSeconds;
                Advance(decision.RetryAfter);
                decision = await AcquireAsync(policy);
            }

            Assert.Equal(AttemptOutcome.Allowed, decision.Outcome);
            times.Add($"{now}");
            await SettleAsync(decision.Attempt, policy, AttemptSettlement.Declined);
            now += step;
            Advance(step);
        }

        Assert.Equal(schedule, string.Join(' ', times));
    }

    [Theory]
    [InlineData("nist-800-63b", 50)]
    [InlineData("nist-800-63b-pad", 100)]
    public async Task After_so_many_failures_in_a_row_only_a_reset_helps(string preset, int failures)
    {
        var policy = Preset(preset);
        for (var failure = 0; failure < failures; failure++)
        {
            var decision = await AcquireAsync(policy);
            Assert.Equal(AttemptOutcome.Allowed, decision.Outcome);
            await SettleAsync(decision.Attempt, policy, AttemptSettlement.Declined);
            Advance(30);
        }

        Assert.Equal(TimeSpan.FromHours(24), (await AcquireAsync(policy)).RetryAfter);
        Advance(TimeSpan.FromDays(60));
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy)).Outcome);
        await _limiter.Value.ResetAsync(Alice, policy);
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    [Theory]
    [InlineData("aws-liveness")]
    [InlineData("nist-800-63b")]
    public async Task A_success_ends_a_row_of_failures(string preset)
    {
        var policy = Preset(preset);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var decision = await AcquireAsync(policy);
            Assert.Equal(AttemptOutcome.Allowed, decision.Outcome);
            await SettleAsync(decision.Attempt, policy, attempt % 4 == 3 ? AttemptSettlement.Succeeded : AttemptSettlement.Declined);
            Advance(1);
        }
    }

    [Fact]
    public async Task A_lockout_that_pending_attempts_brought_goes_when_one_turns_out_a_success()
    {
        var policy = Preset("aws-liveness");
        var third = default(AttemptDecision);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var decision = await AcquireAsync(policy);
            third = attempt == 2 ? decision : third;
        }

        Assert.Equal(TimeSpan.FromMinutes(30), (await AcquireAsync(policy)).RetryAfter);
        await SettleAsync(third.Attempt, policy, AttemptSettlement.Succeeded);
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy)).Outcome);
    }

    [Fact]
    public async Task Of_forty_calls_of_one_check_at_once_two_belong_to_it()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { Uploads = 2 };
        var held = Fresh();

        var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => AcquireAsync(policy, held))));

        Assert.Equal(2, decisions.Count(decision => decision.Outcome is AttemptOutcome.Allowed));
    }

    [Theory]
    [InlineData("Started")]
    [InlineData("Failed")]
    public async Task A_replaced_secret_is_no_fresh_budget(string count)
    {
        var policy = Policy(Enum.Parse<AttemptCount>(count), (5, 60)) with { Budget = count };
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy, user: Before)).Outcome);
        }

        var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => AcquireAsync(policy, user: During))));

        Assert.Equal(2, decisions.Count(decision => decision.Outcome is AttemptOutcome.Allowed));
        Assert.All(decisions, decision => Assert.True(decision.Outcome is AttemptOutcome.Allowed || decision.RetryAfter == TimeSpan.FromSeconds(60)));
        Assert.Equal([5], (await _limiter.Value.ShowAsync(During, policy))!.Counted);
    }

    [Fact]
    public async Task What_was_counted_while_both_secrets_were_known_counts_when_one_is_gone()
    {
        var policy = Policy(AttemptCount.Started, (2, 60));
        await AcquireAsync(policy, user: During);
        await AcquireAsync(policy, user: During);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, user: After)).Outcome);
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, user: Before)).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_gateway_that_knows_one_of_the_secrets_and_one_that_knows_both_count_together(bool oldIsGone)
    {
        for (var round = 0; round < 5; round++)
        {
            var policy = Policy(AttemptCount.Started, (5, 60)) with { Budget = $"both {oldIsGone} {round}" };

            var decisions = await Task.WhenAll(Enumerable.Range(0, 40).Select(call => Task.Run(
                () => AcquireAsync(policy, user: call % 2 == 0 ? During : oldIsGone ? After : Before))));

            Assert.Equal(5, decisions.Count(decision => decision.Outcome is AttemptOutcome.Allowed));
        }
    }

    [Fact]
    public async Task A_lockout_outlives_the_secret_it_came_under_and_ends_with_a_success()
    {
        var policy = Preset("aws-liveness");
        var last = default(AttemptDecision);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            last = await AcquireAsync(policy, user: Before);
        }

        Advance(60);
        Assert.Equal(TimeSpan.FromMinutes(29), (await AcquireAsync(policy, user: During)).RetryAfter);

        await _limiter.Value.SettleAsync(During, last.Attempt, policy, AttemptSettlement.Succeeded);

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy, user: During)).Outcome);
    }

    [Fact]
    public async Task A_check_that_began_under_the_old_secret_goes_on_as_one_attempt()
    {
        var policy = Policy(AttemptCount.Failed, (1, 60)) with { Uploads = 2 };
        var held = Fresh();
        await AcquireAsync(policy, held, Before);

        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, user: During)).Outcome);
        var second = await AcquireAsync(policy, held, During);
        Assert.Equal((AttemptOutcome.Allowed, held), (second.Outcome, second.Attempt));

        await _limiter.Value.SettleAsync(During, held, policy, AttemptSettlement.Succeeded);
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy, user: During)).Outcome);
    }

    [Fact]
    public async Task What_one_name_of_a_user_refuses_leaves_no_trace_under_the_other()
    {
        var policy = Policy(AttemptCount.Started, (1, 60)) with { RefundLimit = 0 };
        await AcquireAsync(policy, user: After);
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, user: During)).Outcome);

        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy, user: Before)).Outcome);
    }

    [Fact]
    public async Task A_reset_and_the_end_of_a_call_reach_every_name_of_a_user()
    {
        var policy = Policy(AttemptCount.Started, (2, 60)) with { Concurrency = 1 };
        var first = await AcquireAsync(policy, user: Before);
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, user: During)).Outcome);
        await _limiter.Value.ReleaseAsync(During, first.Attempt, policy);
        await _limiter.Value.ReleaseAsync(During, (await AcquireAsync(policy, user: During)).Attempt, policy);
        Assert.Equal(AttemptOutcome.Exceeded, (await AcquireAsync(policy, user: During)).Outcome);

        await _limiter.Value.ResetAsync(During, policy);

        Assert.Equal([0], (await _limiter.Value.ShowAsync(During, policy))!.Counted);
        Assert.Equal(AttemptOutcome.Allowed, (await AcquireAsync(policy, user: Before)).Outcome);
    }

    private static AttemptPolicy Preset(string name)
    {
        var errors = new ConfigurationErrors();
        var preset = (AttemptPreset)OptionShape.Words(typeof(AttemptPreset))[name];
        return AttemptPolicy.Create(new AttemptOptions { Preset = preset }, "attempts", "default", errors)!;
    }

    private protected static TransactionId Fresh() => TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch);

    private protected static AttemptPolicy Policy(AttemptCount count, params (int Limit, int Seconds)[] windows) => new()
    {
        Budget = "default",
        Count = count,
        Windows = [.. windows.Select(window => new AttemptWindow(window.Limit, TimeSpan.FromSeconds(window.Seconds)))],
    };

    /// <summary>Lets time pass on the limiter's clock.</summary>
    private protected virtual void Advance(TimeSpan time) => _time.Advance(time);

    private void Advance(int seconds) => Advance(TimeSpan.FromSeconds(seconds));

    private Task<AttemptDecision> AcquireAsync(AttemptPolicy policy, TransactionId? held = null, UserKey? user = null) =>
        _limiter.Value.AcquireAsync(new AttemptCall(user ?? Alice, held, Fresh()), policy);

    private Task SettleAsync(TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement) =>
        _limiter.Value.SettleAsync(Alice, attempt, policy, settlement);

    private async Task<(AttemptOutcome Outcome, TransactionId Attempt)> OutcomeAndIdAsync(AttemptPolicy policy, TransactionId held)
    {
        var decision = await AcquireAsync(policy, held);
        return (decision.Outcome, decision.Attempt);
    }

    private async Task RefundOneAsync(AttemptPolicy policy)
    {
        var decision = await AcquireAsync(policy);
        Assert.Equal(AttemptOutcome.Allowed, decision.Outcome);
        await SettleAsync(decision.Attempt, policy, AttemptSettlement.Refunded);
    }
}
