using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>Counts the attempts of users. Never throws for a foreseen case: what cannot be decided is <see cref="AttemptOutcome.LimiterUnavailable"/>.</summary>
internal interface IAttemptLimiter
{
    /// <summary>Counts a call as an attempt, or as part of one that was counted, or says how long to wait.</summary>
    ValueTask<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken);

    /// <summary>Settles an attempt; the first settlement wins, an unknown attempt is left alone. False where the limiter cannot be reached.</summary>
    ValueTask<bool> SettleAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement, CancellationToken cancellationToken);

    /// <summary>A call of an attempt is over; asked only where <see cref="AttemptPolicy.Concurrency"/> is set.</summary>
    ValueTask ReleaseAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, CancellationToken cancellationToken);

    /// <summary>Where a user stands, or null where the limiter cannot be reached.</summary>
    ValueTask<AttemptStanding?> ShowAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken);

    /// <summary>Forgets all attempts of a user. False where the limiter cannot be reached.</summary>
    ValueTask<bool> ResetAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken);
}
