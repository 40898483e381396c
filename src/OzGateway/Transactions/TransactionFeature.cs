using OzGateway.Identity;

namespace OzGateway.Transactions;

/// <summary>The transaction of this call.</summary>
/// <param name="id">Its id: of the submission, or of the ticket that came along with a poll.</param>
/// <param name="record">The record of a submission; null on a poll.</param>
internal sealed class TransactionFeature(TransactionId id, TransactionRecord? record)
{
    /// <summary>Its id.</summary>
    public TransactionId Id { get; } = id;

    /// <summary>The record of a submission; null on a poll.</summary>
    public TransactionRecord? Record { get; } = record;

    /// <summary>Where beside the body the page named another transaction: <c>query</c>, <c>header</c>, or null.</summary>
    public string? ForeignPlace { get; init; }

    /// <summary>Whether it is taken down that the page named another transaction: once for a submission.</summary>
    public bool IsSuspected { get; set; }
}
