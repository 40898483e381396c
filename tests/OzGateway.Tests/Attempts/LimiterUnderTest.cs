using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Tests.Attempts;

/// <summary>The verbs that every limiter has, without what no test of the contract says.</summary>
internal sealed class LimiterUnderTest(IAttemptLimiter limiter)
{
    public Task<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy) => limiter.AcquireAsync(call, policy, CancellationToken.None).AsTask();

    public Task SettleAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement) =>
        limiter.SettleAsync(user, attempt, policy, settlement, CancellationToken.None).AsTask();

    public Task ReleaseAsync(UserKey user, TransactionId attempt, AttemptPolicy policy) => limiter.ReleaseAsync(user, attempt, policy, CancellationToken.None).AsTask();

    public Task<AttemptStanding?> ShowAsync(UserKey user, AttemptPolicy policy) => limiter.ShowAsync(user, policy, CancellationToken.None).AsTask();

    public Task<bool> ResetAsync(UserKey user, AttemptPolicy policy) => limiter.ResetAsync(user, policy, CancellationToken.None).AsTask();
}
