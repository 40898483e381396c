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

    /// <summary>It never began: another line refused the same call. Taken back without a trace.</summary>
    Withdrawn,
}

/// <summary>What a decision was made with.</summary>
internal enum AttemptMode
{
    /// <summary>The configured store.</summary>
    Normal,

    /// <summary>The store is away, or was a short while ago: this replica's own count has the last word.</summary>
    Local,

    /// <summary>The store is away and nothing was counted: <c>on_store_failure: allow</c>.</summary>
    Uncounted,

    /// <summary>The store is away and nobody may: <c>on_store_failure: reject</c>, or a local table that is full.</summary>
    Rejected,
}

/// <summary>The limiter's answer.</summary>
/// <param name="Outcome">Whether the user may attempt.</param>
/// <param name="Attempt">Name of the attempt that this call belongs to.</param>
/// <param name="RetryAfter">Exact time until the next attempt is possible, in whole milliseconds; zero where allowed.</param>
internal readonly record struct AttemptDecision(AttemptOutcome Outcome, TransactionId Attempt, TimeSpan RetryAfter)
{
    /// <summary>The window that decides next, or null where none does.</summary>
    public AttemptQuota? Quota { get; init; }

    /// <summary>What it was made with.</summary>
    public AttemptMode Mode { get; init; }

    /// <summary>This one and what another name of the same user says: the tighter quota, and any mark that not all was as usual.</summary>
    public AttemptDecision With(AttemptDecision other) => this with
    {
        Quota = other.Quota is { } quota && (Quota is not { } own || quota.Remaining < own.Remaining) ? quota : Quota,
        Mode = Mode is AttemptMode.Normal ? other.Mode : Mode,
    };
}

/// <summary>What is left in one window.</summary>
/// <param name="Window">Its place in <see cref="AttemptPolicy.Windows"/>.</param>
/// <param name="Remaining">Attempts left.</param>
/// <param name="Reset">Time until one more is left.</param>
internal readonly record struct AttemptQuota(int Window, int Remaining, TimeSpan Reset);

/// <summary>One call that wants an attempt.</summary>
/// <param name="User">Whose budget.</param>
/// <param name="Held">The transaction of the ticket that came along, or null.</param>
/// <param name="Fresh">A new id, used where <paramref name="Held"/> is absent or has had its attempt; it also names this very call.</param>
internal readonly record struct AttemptCall(UserKey User, TransactionId? Held, TransactionId Fresh);
