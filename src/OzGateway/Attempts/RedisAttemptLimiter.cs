using System.Buffers.Text;
using System.Runtime.CompilerServices;
using OzGateway.Identity;
using OzGateway.Redis;
using StackExchange.Redis;

namespace OzGateway.Attempts;

/// <summary>Counts attempts in a shared Redis: one script, one round trip for all windows of a policy, on the clock of Redis alone.</summary>
/// <param name="redis">The connection.</param>
/// <param name="script">What decides; <see cref="Shipped"/>.</param>
internal sealed class RedisAttemptLimiter(RedisConnection redis, RedisScript script) : IAttemptLimiter
{
    private const int KeyBytes = 16;
    private const int WithdrawCall = 5;

    private static readonly ConditionalWeakTable<AttemptPolicy, RedisValue[]> Numbers = [];

    /// <summary>The script that ships.</summary>
    public static RedisScript Shipped { get; } = RedisScript.Embedded("OzGateway.Attempts.attempts.lua");

    /// <inheritdoc />
    public async ValueTask<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var arguments = Arguments("acquire", call.Held is null ? RedisValue.EmptyString : Short(call.Held), Short(call.Fresh), policy);
        if ((long[]?)await redis.EvaluateAsync(script, Key(call.User, policy), arguments) is not { Length: 6 } answer)
        {
            // If it arrives yet, nobody went through under it where the policy lets nobody through.
            if (policy.OnStoreFailure is StoreFailureAction.Reject)
            {
                redis.Send(script, Key(call.User, policy), Arguments("settle", Short(call.Fresh), WithdrawCall, policy));
            }

            return new AttemptDecision(AttemptOutcome.LimiterUnavailable, call.Fresh, TimeSpan.Zero);
        }

        return new AttemptDecision(
            answer[0] == 1 ? AttemptOutcome.Allowed : AttemptOutcome.Exceeded,
            answer[1] == 1 ? call.Held! : call.Fresh,
            TimeSpan.FromMilliseconds(answer[2]))
        {
            Quota = answer[3] < 0 ? null : new AttemptQuota((int)answer[3], (int)answer[4], TimeSpan.FromMilliseconds(answer[5])),
        };
    }

    /// <inheritdoc />
    public async ValueTask<bool> SettleAsync(
        UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement, CancellationToken cancellationToken) =>
        await redis.EvaluateAsync(script, Key(user, policy), Arguments("settle", Short(attempt), Code(settlement), policy)) is not null;

    /// <inheritdoc />
    public async ValueTask ReleaseAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, CancellationToken cancellationToken) =>
        await redis.EvaluateAsync(script, Key(user, policy), Arguments("release", Short(attempt), RedisValue.EmptyString, policy));

    /// <inheritdoc />
    public async ValueTask<AttemptStanding?> ShowAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var arguments = Arguments("show", RedisValue.EmptyString, RedisValue.EmptyString, policy);
        return (long[]?)await redis.EvaluateAsync(script, Key(user, policy), arguments) is not { } answer ? null : new AttemptStanding
        {
            RetryAfter = TimeSpan.FromMilliseconds(answer[0]),
            Disabled = answer[1] == 1,
            Pending = (int)answer[2],
            GivenBack = (int)answer[3],
            Counted = [.. answer.Skip(4).Select(counted => (int)counted)],
        };
    }

    /// <inheritdoc />
    public async ValueTask<bool> ResetAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken) =>
        await redis.EvaluateAsync(script, Key(user, policy), ["reset", RedisValue.EmptyString]) is not null;

    /// <summary>Key of a user in a budget: the part in braces says the slot of a cluster.</summary>
    internal RedisKey Key(UserKey user, AttemptPolicy policy) =>
        $"{redis.Prefix}attempts:{{{Base64Url.EncodeToString(user.Bytes.AsSpan(0, KeyBytes))}}}:{policy.Budget}";

    private static RedisValue[] Arguments(string verb, RedisValue attempt, RedisValue second, AttemptPolicy policy) =>
        [verb, attempt, second, .. Numbers.GetValue(policy, NumbersOf)];

    private static RedisValue Short(TransactionId id) => id.Bytes[..sizeof(ulong)].ToArray();

    private static RedisValue Code(AttemptSettlement settlement) => settlement switch
    {
        AttemptSettlement.Declined => 1,
        AttemptSettlement.Succeeded => 2,
        AttemptSettlement.Refunded => 3,
        AttemptSettlement.Withdrawn => 4,
        _ => throw new InvalidOperationException($"Settlement '{settlement}' has no code."),
    };

    private static RedisValue[] NumbersOf(AttemptPolicy policy)
    {
        var rules = AttemptRules.Of(policy);
        var lockout = rules.Lockout;
        return
        [
            rules.CountsSucceeded ? 1 : 0, rules.Uploads, rules.Concurrency, rules.HorizonMs, rules.LogLimit,
            lockout?.After ?? 0, Ms(lockout?.Within), Ms(lockout?.Delay), lockout?.Factor ?? 1, Ms(lockout?.Max), lockout?.DisableAfter ?? 0,
            AttemptRules.DisabledMs, AttemptRules.BusyMs, AttemptRules.RunningMs,
            rules.Limits.Length, .. Pairs(rules.Limits, rules.WindowMs),
            rules.RefundLimits.Length, .. Pairs(rules.RefundLimits, rules.RefundWindowMs),
        ];
    }

    private static IEnumerable<RedisValue> Pairs(int[] limits, long[] windows) => limits.Zip(windows).SelectMany(pair => new RedisValue[] { pair.First, pair.Second });

    private static RedisValue Ms(TimeSpan? time) => (long)(time?.TotalMilliseconds ?? 0);
}
