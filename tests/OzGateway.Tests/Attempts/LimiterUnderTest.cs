using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Tests.Attempts;

/// <summary>The two verbs that every limiter has, whatever keeps its counts.</summary>
/// <param name="AcquireAsync">Counts a call, or says how long to wait.</param>
/// <param name="SettleAsync">Settles an attempt.</param>
internal sealed record LimiterUnderTest(
    Func<AttemptCall, AttemptPolicy, Task<AttemptDecision>> AcquireAsync,
    Func<UserKey, TransactionId, AttemptPolicy, AttemptSettlement, Task> SettleAsync)
{
    public static LimiterUnderTest Of(IAttemptLimiter limiter) => new(
        (call, policy) => limiter.AcquireAsync(call, policy, CancellationToken.None).AsTask(),
        (user, attempt, policy, settlement) => limiter.SettleAsync(user, attempt, policy, settlement, CancellationToken.None).AsTask());
}
