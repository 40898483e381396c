using OzGateway.Payloads;

namespace OzGateway.Transactions;

/// <summary>How a transaction is issued, how long it lives and where its id goes in a submission.</summary>
internal sealed record TransactionPolicy
{
    /// <summary>Who starts a transaction. Default implicit.</summary>
    public required TransactionIssue Issue { get; init; }

    /// <summary>What happens to an id that is not the server's. Default: replace where implicit, refuse where explicit.</summary>
    public required ForeignIdAction OnForeignId { get; init; }

    /// <summary>Time from issue to submission. 30s to 24h; default 10m.</summary>
    public required TimeSpan SubmitWithin { get; init; }

    /// <summary>Time from issue in which a verdict can be asked and the ledger remembers. 1m to 7d; default 2h.</summary>
    public required TimeSpan ReadWithin { get; init; }

    /// <summary>Submission calls that one transaction takes. 1 to 20; default 1.</summary>
    public required int Uploads { get; init; }

    /// <summary>Issued and not yet submitted transactions per user; one more revokes the oldest. 1 to 100; default 3.</summary>
    public required int OpenLimit { get; init; }

    /// <summary>Places in a submission where metadata may sit, first that occurs wins.</summary>
    public required IReadOnlyList<InjectionTarget> Metadata { get; init; }

    /// <summary>Metadata keys the gateway sets, with what it sets them to.</summary>
    public required IReadOnlyList<KeyValuePair<string, MetadataValue>> Set { get; init; }

    /// <summary>Metadata keys that are removed.</summary>
    public required IReadOnlyList<string> Strip { get; init; }

    /// <summary>Limits of the reader of submissions.</summary>
    public required PayloadLimits Limits { get; init; }
}

/// <summary>Who starts a transaction.</summary>
internal enum TransactionIssue
{
    /// <summary>A submission without an open transaction gets a new one.</summary>
    Implicit,

    /// <summary>A submission must bring the ticket of an open transaction.</summary>
    Explicit,
}

/// <summary>What happens to an id that is not the server's.</summary>
internal enum ForeignIdAction
{
    /// <summary>The page's value goes, the server's stands.</summary>
    Replace,

    /// <summary>The submission is refused.</summary>
    Refuse,
}

/// <summary>What a metadata key is set to.</summary>
internal enum MetadataValue
{
    /// <summary>The id of the transaction.</summary>
    TransactionId,

    /// <summary>The pseudonym of the user.</summary>
    UserKey,
}
