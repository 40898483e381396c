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

    /// <summary>The backend has taken its verdict, once.</summary>
    Consumed,
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

    /// <summary>What the user's token said for metadata when it was issued or submitted.</summary>
    public ClaimValues Claims { get; init; } = ClaimValues.None;

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

    /// <summary>A transaction that was just issued, or is remembered by what its id tells.</summary>
    public static TransactionRecord Issued(UserKey user, TransactionId id, TransactionPolicy policy, DateTimeOffset at) => new()
    {
        Id = id,
        User = user,
        IssuedAt = at,
        SubmitUntil = at + policy.SubmitWithin,
        ReadUntil = at + policy.ReadWithin,
    };

    /// <summary>Whether it waits for its submission.</summary>
    public bool IsOpen(DateTimeOffset now) => State is TransactionState.Issued && SubmitUntil > now;

    /// <summary>As it stands at a time.</summary>
    public TransactionRecord Aged(DateTimeOffset now) => State is TransactionState.Issued && SubmitUntil <= now ? this with { State = TransactionState.Expired } : this;
}

/// <summary>An attempt to settle.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Policy">The policy it was counted under.</param>
/// <param name="User">The user it was counted for, under all names that were known then.</param>
internal sealed record AttemptRef(TransactionId Id, AttemptPolicy Policy, UserKey User);
