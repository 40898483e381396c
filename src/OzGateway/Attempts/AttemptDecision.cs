using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>Whether a user may attempt.</summary>
internal enum AttemptOutcome
{
    /// <summary>Yes; counted, or part of an attempt that was counted.</summary>
    Allowed,

    /// <summary>No attempt is left.</summary>
    Exceeded,

    /// <summary>The limiter cannot decide.</summary>
    LimiterUnavailable,
}

/// <summary>How an attempt ended. The first settlement wins; an attempt that is never settled ages out as spent.</summary>
internal enum AttemptSettlement
{
    /// <summary>The check succeeded.</summary>
    Succeeded,

    /// <summary>The check was declined, or its outcome does not entitle to another try.</summary>
    Declined,

    /// <summary>The adapter cannot have judged it: given back, up to the refund limit.</summary>
    Refunded,
}

/// <summary>The limiter's answer.</summary>
/// <param name="Outcome">Whether the user may attempt.</param>
/// <param name="Attempt">Name of the attempt that this call belongs to.</param>
/// <param name="RetryAfter">Exact time until the next attempt is possible; zero where allowed.</param>
internal sealed record AttemptDecision(AttemptOutcome Outcome, TransactionId Attempt, TimeSpan RetryAfter);

/// <summary>One call that wants an attempt.</summary>
/// <param name="User">Whose budget.</param>
/// <param name="Held">The transaction of the ticket that came along, or null.</param>
/// <param name="Fresh">A new id, used where <paramref name="Held"/> is absent or has had its attempt.</param>
internal sealed record AttemptCall(UserKey User, TransactionId? Held, TransactionId Fresh);
