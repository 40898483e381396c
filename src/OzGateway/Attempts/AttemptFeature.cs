using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>The attempt that this submission belongs to.</summary>
internal sealed class AttemptFeature(InMemoryAttemptLimiter limiter, UserKey user, AttemptPolicy policy, AttemptDecision decision, TransactionId fresh)
{
    /// <summary>What the limiter said.</summary>
    public AttemptDecision Decision { get; } = decision;

    /// <summary>The policy it was counted under.</summary>
    public AttemptPolicy Policy { get; } = policy;

    /// <summary>A fresh id for the transaction, should the held one not serve.</summary>
    public TransactionId Fresh { get; } = fresh;

    /// <summary>Settles it; used where no transaction does.</summary>
    public ValueTask SettleAsync(AttemptSettlement settlement, CancellationToken cancellationToken) =>
        limiter.SettleAsync(user, Decision.Attempt, Policy, settlement, cancellationToken);
}
