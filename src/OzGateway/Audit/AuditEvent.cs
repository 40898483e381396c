namespace OzGateway.Audit;

/// <summary>One decision, as evidence. No identity, no body, no id: a transaction by its keyed hash only.</summary>
internal sealed record AuditEvent
{
    /// <summary>What was decided, a closed word: <c>submission</c>, <c>transaction_issued</c>, <c>relay_suspected</c>, <c>verdict</c>, <c>receipt</c>, <c>transaction_revoked</c>, <c>backend_refused</c>, <c>attempts_shown</c>, <c>attempts_reset</c>, <c>operator_refused</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Whether it was granted.</summary>
    public required bool Granted { get; init; }

    /// <summary>Why, a problem code or an outcome.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the route, or null.</summary>
    public string? Route { get; init; }

    /// <summary>Keyed hash of the transaction id, or null.</summary>
    public string? Transaction { get; init; }

    /// <summary>Name of the backend key that asked, or null.</summary>
    public string? Backend { get; init; }

    /// <summary>Name of the operator's key, or null.</summary>
    public string? Operator { get; init; }

    /// <summary>Where the store of attempts was away: what the decision was made with (<c>local</c>, <c>uncounted</c>, <c>rejected</c>); else null.</summary>
    public string? Degraded { get; init; }

    /// <summary>Trace id, or null.</summary>
    public string? Trace { get; init; }
}
