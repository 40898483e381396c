using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Transactions;

/// <summary>Where a transaction stands.</summary>
internal enum TransactionState
{
    /// <summary>Issued, no check yet.</summary>
    Issued,

    /// <summary>Its check has been taken.</summary>
    Submitted,

    /// <summary>The check is over; what came out is known at Oz.</summary>
    Finished,

    /// <summary>Its time to submit has passed.</summary>
    Expired,

    /// <summary>Withdrawn.</summary>
    Revoked,
}

/// <summary>How a check ended.</summary>
internal enum CheckOutcome
{
    /// <summary>Passed.</summary>
    Succeeded,

    /// <summary>Not passed, or a person has to decide.</summary>
    Declined,

    /// <summary>An analysis that Oz itself calls failed: nothing was judged.</summary>
    Failed,
}

/// <summary>One transaction, as the ledger knows it. Immutable; the ledger replaces it.</summary>
internal sealed record TransactionRecord
{
    /// <summary>Its id.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required UserKey User { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Until when it takes a submission.</summary>
    public required DateTimeOffset SubmitUntil { get; init; }

    /// <summary>Until when the ledger remembers it.</summary>
    public required DateTimeOffset ReadUntil { get; init; }

    /// <summary>Where it stands.</summary>
    public TransactionState State { get; init; } = TransactionState.Issued;

    /// <summary>Submission calls taken.</summary>
    public int Uses { get; init; }

    /// <summary>Uses given back because nothing whole reached the adapter. At most 3.</summary>
    public int GivenBack { get; init; }

    /// <summary>When the last submission was taken.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The attempt it is settled under, with its policy; null where attempts do not count.</summary>
    public AttemptRef? Attempt { get; init; }

    /// <summary>How it ended, once somebody has closed it.</summary>
    public CheckOutcome? Outcome { get; init; }

    /// <summary>The folder at Oz that the adapter named for it; null until then.</summary>
    public FolderId? Folder { get; init; }

    /// <summary>The adapter named a second folder for it, or one that is another transaction's: its verdict cannot be certain.</summary>
    public bool HasSecondFolder { get; init; }

    /// <summary>A submission named a transaction that was not this one.</summary>
    public bool RelaySuspected { get; init; }
}

/// <summary>An attempt to settle.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Policy">The policy it was counted under.</param>
internal sealed record AttemptRef(TransactionId Id, AttemptPolicy Policy);

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
internal sealed record SubmitCall(UserKey User, TransactionId? Held, TransactionId Fresh, AttemptRef? Attempt);
