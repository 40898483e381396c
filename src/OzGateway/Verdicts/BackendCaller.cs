namespace OzGateway.Verdicts;

/// <summary>Who knocked at the backend door.</summary>
/// <param name="Name">Name of the key or the certificate, for logs and audit.</param>
/// <param name="Rights">What it may do.</param>
internal sealed record BackendCaller(string Name, BackendRights Rights)
{
    /// <summary>Whether it has all of these rights.</summary>
    public bool May(BackendRights rights) => Rights.HasFlag(rights);
}

/// <summary>What a caller at the backend door may do.</summary>
[Flags]
internal enum BackendRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read verdicts of a named user, list that user's transactions, take receipts.</summary>
    Read = 1,

    /// <summary>Leave the user out.</summary>
    AnyUser = 2,

    /// <summary>Issue and revoke transactions.</summary>
    Issue = 4,

    /// <summary>See scores and thresholds.</summary>
    Scores = 8,

    /// <summary>See links to media and what was read from documents.</summary>
    Media = 16,
}
