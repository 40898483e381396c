namespace OzGateway.Verdicts;

/// <summary>What folders are asked.</summary>
internal sealed record VerdictQuestion
{
    /// <summary>Metadata key that holds the id.</summary>
    public required string TransactionKey { get; init; }

    /// <summary>The id.</summary>
    public required string TransactionId { get; init; }

    /// <summary>When the folder must have been made, earliest, clock skew taken off.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When the folder must have been made, latest, clock skew added.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The folder that the adapter named for the transaction, or null where it named none.</summary>
    public string? BoundFolder { get; init; }

    /// <summary>Types of analyses that must be there and have passed.</summary>
    public required IReadOnlyList<string> RequiredAnalyses { get; init; }

    /// <summary>Tags of which one medium must carry all.</summary>
    public required IReadOnlyList<string> RequiredTags { get; init; }
}
