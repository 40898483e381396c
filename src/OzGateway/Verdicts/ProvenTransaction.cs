using OzGateway.Identity;
using OzGateway.Transactions;

namespace OzGateway.Verdicts;

/// <summary>A transaction that was issued here, to the user who is meant.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="UserChecked">Whether the caller named the user.</param>
/// <param name="Record">What this process remembers of it, or null.</param>
internal sealed record ProvenTransaction(TransactionId Id, UserKey Owner, bool UserChecked, TransactionRecord? Record)
{
    /// <summary>It was consumed, as far as this process remembers.</summary>
    public bool IsConsumed => Record is { State: TransactionState.Consumed };
}
