using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Attempts;

/// <summary>Any schedule of calls, settlements and time gives the decisions of a naive model.</summary>
public sealed class AttemptLimiterLaws
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey[] Users = [UserKey.OfIdentifier(Keys, "alice"), UserKey.OfIdentifier(Keys, "bob")];

    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 40], Gen.Enum<AttemptSettlement>())
        .Select(step => new Step(step.Item1, Users[step.Item2], step.Item3, step.Item4));

    private static readonly Gen<LockoutPolicy?> Lockouts = Gen.Select(Gen.Int[0, 3], Gen.Int[2, 3], Gen.Int[1, 2], Gen.Int[0, 4])
        .Select(drawn => drawn.Item1 == 0 ? null : new LockoutPolicy
        {
            After = drawn.Item2,
            Within = drawn.Item1 == 1 ? TimeSpan.FromSeconds(50) : null,
            Delay = TimeSpan.FromSeconds(20),
            Factor = drawn.Item3,
            Max = TimeSpan.FromSeconds(70),
            Remember = TimeSpan.FromSeconds(150),
            DisableAfter = drawn.Item4 == 0 ? null : drawn.Item2 + drawn.Item4,
        });

    private static readonly Gen<AttemptPolicy> Policies = Gen.Select(Gen.Enum<AttemptCount>(), Gen.Int[1, 3], Gen.Int[-1, 2], Gen.Int[0, 2], Lockouts)
        .Select(drawn => new AttemptPolicy
        {
            Budget = "default",
            Count = drawn.Item1,
            Windows = drawn.Item4 switch
            {
                0 when drawn.Item5 is not null => [],
                1 => [new AttemptWindow(2, TimeSpan.FromSeconds(45))],
                _ => [new AttemptWindow(3, TimeSpan.FromSeconds(60)), new AttemptWindow(5, TimeSpan.FromSeconds(200))],
            },
            Uploads = drawn.Item2,
            RefundLimit = drawn.Item3 < 0 ? null : drawn.Item3,
            Lockout = drawn.Item5,
        });

    [Fact]
    public void Every_decision_and_every_wait_is_the_models() => Gen.Select(Policies, Steps.Array[0, 80]).Sample((policy, schedule) =>
    {
        var time = new FakeTimeProvider();
        return IsTheModels(new LimiterUnderTest(new InMemoryAttemptLimiter(time)), time.Advance, policy, schedule);
    });

    [RedisFact]
    public async Task Every_decision_and_every_wait_of_Redis_is_the_models()
    {
        using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        var run = 0;
        Gen.Select(Policies, Steps.Array[0, 80]).Sample((policy, schedule) =>
        {
            var clock = new RedisClock(connection, $"law {Interlocked.Increment(ref run)}");
            return IsTheModels(new LimiterUnderTest(clock.Limiter), clock.Advance, policy with { Budget = clock.Name }, schedule);
        }, iter: 60, threads: 2);
    }

    private static bool IsTheModels(LimiterUnderTest limiter, Action<TimeSpan> advance, AttemptPolicy policy, Step[] schedule)
    {
        var model = new NaiveLimiter();
        var now = TimeSpan.Zero;
        var seen = new List<TransactionId> { Fresh() };
        foreach (var step in schedule)
        {
            var old = seen[step.Amount % seen.Count];
            switch (step.Verb)
            {
                case 0:
                    now += TimeSpan.FromSeconds(step.Amount);
                    advance(TimeSpan.FromSeconds(step.Amount));
                    break;
                case 1:
                    limiter.SettleAsync(step.User, old, policy, step.Settlement).GetAwaiter().GetResult();
                    model.Settle(step.User, old, policy, step.Settlement, now);
                    break;
                default:
                    var call = new AttemptCall(step.User, step.Verb == 2 ? old : null, Fresh());
                    var decision = limiter.AcquireAsync(call, policy).GetAwaiter().GetResult();
                    if (decision != model.Acquire(call, policy, now))
                    {
                        return false;
                    }

                    seen.Add(decision.Attempt);
                    break;
            }
        }

        return true;
    }

    private static TransactionId Fresh() => TransactionId.Issue(Keys, Users[0], DateTimeOffset.UnixEpoch);

    private sealed record Step(int Verb, UserKey User, int Amount, AttemptSettlement Settlement);
}
