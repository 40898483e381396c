using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>The attempt that this submission belongs to, or would have belonged to.</summary>
internal sealed class AttemptFeature(IAttemptLimiter limiter, AttemptCall call, AttemptPolicy policy, AttemptDecision decision)
{
    /// <summary>What the limiter said.</summary>
    public AttemptDecision Decision { get; } = decision;

    /// <summary>The policy it was counted under.</summary>
    public AttemptPolicy Policy { get; } = policy;

    /// <summary>A fresh id for the transaction, should the held one not serve.</summary>
    public TransactionId Fresh { get; } = call.Fresh;

    /// <summary>Settles it; used where no transaction does.</summary>
    public async ValueTask SettleAsync(AttemptSettlement settlement, CancellationToken cancellationToken) =>
        await limiter.SettleAsync(call.User, Decision.Attempt, Policy, settlement, cancellationToken);

    /// <summary>Its call is over.</summary>
    public ValueTask ReleaseAsync() => Policy.Concurrency is null || Decision.Outcome is not AttemptOutcome.Allowed
        ? ValueTask.CompletedTask
        : limiter.ReleaseAsync(call.User, Decision.Attempt, Policy, CancellationToken.None);
}
