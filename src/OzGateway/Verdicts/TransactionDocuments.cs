namespace OzGateway.Verdicts;

/// <summary>Answer to <c>POST /transactions</c>.</summary>
/// <param name="TransactionId">The id.</param>
/// <param name="ExpiresAt">Until when it takes a submission.</param>
/// <param name="Ticket">What the plugin's calls must carry, where tickets are carried: the cookie's value, or a part of the plugin's address.</param>
internal sealed record IssuedForUser(string TransactionId, DateTimeOffset ExpiresAt, string? Ticket)
{
    /// <summary>Address of the plugin with the ticket in it, where the path carries it.</summary>
    public string? PluginUrl { get; init; }
}

/// <summary>Answer to <c>GET /transactions</c>: what this process remembers of one user, newest first.</summary>
/// <param name="Transactions">At most 20.</param>
internal sealed record UserTransactions(IReadOnlyList<UserTransaction> Transactions);

/// <summary>One of them. What came out stands in its verdict only.</summary>
internal sealed record UserTransaction
{
    /// <summary>The id.</summary>
    public required string TransactionId { get; init; }

    /// <summary>issued, submitted, finished, consumed, expired or revoked.</summary>
    public required string State { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Until when it takes a submission.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When its submission was taken.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Submission calls taken.</summary>
    public required int Submissions { get; init; }

    /// <summary>A submission named another transaction.</summary>
    public required bool RelaySuspected { get; init; }

    /// <summary>What logs and spans call it.</summary>
    public required string SupportRef { get; init; }
}

/// <summary>Answer to <c>POST /transactions/{id}/receipt</c>.</summary>
/// <param name="TransactionId">The id.</param>
/// <param name="Jws">The receipt: JWS in its compact form, ES256, verified with <c>/.well-known/jwks.json</c>.</param>
internal sealed record Receipt(string TransactionId, string Jws);
