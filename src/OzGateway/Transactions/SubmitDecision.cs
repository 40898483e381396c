using OzGateway.Identity;

namespace OzGateway.Transactions;

/// <summary>Whether a submission may go on.</summary>
internal enum SubmitOutcome
{
    /// <summary>Under the transaction of the ticket.</summary>
    Accepted,

    /// <summary>Under a new transaction.</summary>
    Issued,

    /// <summary>No transaction came along and none may be made.</summary>
    Required,

    /// <summary>The transaction has taken its check.</summary>
    Used,

    /// <summary>The transaction is over, revoked or not remembered.</summary>
    Expired,

    /// <summary>Metadata is set from a claim that neither the user's token has nor the one had under which the transaction was issued.</summary>
    ClaimMissing,
}

/// <summary>The ledger's answer to a submission.</summary>
/// <param name="Outcome">Whether it may go on.</param>
/// <param name="Record">The transaction it goes on under; null where it may not.</param>
internal sealed record SubmitDecision(SubmitOutcome Outcome, TransactionRecord? Record);

/// <summary>A submission that wants a transaction.</summary>
/// <param name="User">Whose.</param>
/// <param name="Held">The transaction of the ticket that came along, or null.</param>
/// <param name="Fresh">A new id, used where a new transaction is made.</param>
/// <param name="Attempt">The attempt it is settled under, or null.</param>
internal sealed record SubmitCall(UserKey User, TransactionId? Held, TransactionId Fresh, AttemptRef? Attempt)
{
    /// <summary>What the user's token says for metadata.</summary>
    public ClaimValues Claims { get; init; } = ClaimValues.None;

    /// <summary>Whether it may go on.</summary>
    /// <param name="held">The transaction of the ticket, as it is remembered, or null.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="now">The time.</param>
    public SubmitOutcome Judge(TransactionRecord? held, TransactionPolicy policy, DateTimeOffset now)
    {
        var outcome = JudgeHeld(held, policy, now);
        return outcome is SubmitOutcome.Accepted or SubmitOutcome.Issued && ClaimsOver(held, policy) is null ? SubmitOutcome.ClaimMissing : outcome;
    }

    /// <summary>The claims that the policy asks for: those of the token that came along, else those of the transaction that is held. Null where one is missing.</summary>
    /// <param name="held">The transaction of the ticket, as it is remembered, or null.</param>
    /// <param name="policy">The policy.</param>
    public ClaimValues? ClaimsOver(TransactionRecord? held, TransactionPolicy policy)
    {
        // The ticket's own user only: what another's token said is nobody else's.
        ClaimValues?[] candidates = [Claims, held is not null && User.Includes(held.User) ? held.Claims : null];
        return Array.Find(candidates, claims => claims is not null && policy.Claims.All(entry => claims.Find(entry.Value) is not null));
    }

    private SubmitOutcome JudgeHeld(TransactionRecord? held, TransactionPolicy policy, DateTimeOffset now)
    {
        var mayIssue = policy.Issue is TransactionIssue.Implicit;
        if (Held is null)
        {
            return mayIssue ? SubmitOutcome.Issued : SubmitOutcome.Required;
        }

        // A ticket proves who and when, not that its transaction is unused: what the ledger does not remember is over.
        if (held is null || !User.Includes(held.User) || held.State is TransactionState.Revoked || held.SubmitUntil <= now)
        {
            return mayIssue ? SubmitOutcome.Issued : SubmitOutcome.Expired;
        }

        // An attempt that is not the held one means that the held one has had its attempt.
        var open = held.State is TransactionState.Issued or TransactionState.Submitted
            && held.Uses < policy.Uploads
            && (Attempt is null || Attempt.Id.Equals(Held));
        return open ? SubmitOutcome.Accepted : mayIssue ? SubmitOutcome.Issued : SubmitOutcome.Used;
    }
}
