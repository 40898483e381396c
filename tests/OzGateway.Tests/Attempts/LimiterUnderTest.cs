using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Tests.Attempts;

/// <summary>The verbs that every limiter has, without what no test of the contract says; as in the program, secrets may be replaced.</summary>
internal sealed class LimiterUnderTest(IAttemptLimiter counter)
{
    private readonly RotationAttemptLimiter _limiter = new(counter);

    public Task<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy) => _limiter.AcquireAsync(call, policy, CancellationToken.None).AsTask();

    public Task SettleAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement) =>
        _limiter.SettleAsync(user, attempt, policy, settlement, CancellationToken.None).AsTask();

    public Task ReleaseAsync(UserKey user, TransactionId attempt, AttemptPolicy policy) => _limiter.ReleaseAsync(user, attempt, policy, CancellationToken.None).AsTask();

    public Task<AttemptStanding?> ShowAsync(UserKey user, AttemptPolicy policy) => _limiter.ShowAsync(user, policy, CancellationToken.None).AsTask();

    public Task<bool> ResetAsync(UserKey user, AttemptPolicy policy) => _limiter.ResetAsync(user, policy, CancellationToken.None).AsTask();
}
