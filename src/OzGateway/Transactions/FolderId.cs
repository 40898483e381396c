namespace OzGateway.Transactions;

/// <summary>Oz API's id of one folder. Prints nothing.</summary>
/// <param name="Text">As Oz writes it.</param>
internal sealed record FolderId(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(FolderId);
}

/// <summary>What came of binding a folder to a transaction.</summary>
internal enum BindOutcome
{
    /// <summary>It is the transaction's folder.</summary>
    Bound,

    /// <summary>The transaction has another folder; both stay, and the transaction is marked.</summary>
    Second,

    /// <summary>The folder is another transaction's; it stays there, and this transaction is marked.</summary>
    Foreign,

    /// <summary>The transaction is not remembered.</summary>
    Unknown,
}
