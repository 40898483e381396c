namespace OzGateway.Attempts;

/// <summary>How many attempts a user has.</summary>
internal sealed record AttemptPolicy
{
    /// <summary>Names the budget: <c>default</c>, or the route's id where the route changes the policy. Routes with the same budget share it.</summary>
    public required string Budget { get; init; }

    /// <summary>What counts. Default started.</summary>
    public required AttemptCount Count { get; init; }

    /// <summary>All windows hold at once. 1 to 8 of them; default 5 in 15m and 15 in 24h.</summary>
    public required IReadOnlyList<AttemptWindow> Windows { get; init; }

    /// <summary>Most attempts given back per window. Default: the permit limit of that window (null).</summary>
    public int? RefundLimit { get; init; }

    /// <summary>Calls of one check that are one attempt: the transaction's <c>uploads</c>. Default 1.</summary>
    public int Uploads { get; init; } = 1;

    /// <summary>How long an attempt can matter.</summary>
    public TimeSpan LongestWindow => Windows.Max(window => window.Window);
}

/// <summary>What counts against the limit.</summary>
internal enum AttemptCount
{
    /// <summary>Every attempt, whatever its outcome.</summary>
    Started,

    /// <summary>Attempts that did not succeed; a pending one counts as failed until it is settled.</summary>
    Failed,
}

/// <summary>One sliding window.</summary>
/// <param name="PermitLimit">Attempts within the window. 1 to 10000.</param>
/// <param name="Window">Length. 1s to 30d.</param>
internal sealed record AttemptWindow(int PermitLimit, TimeSpan Window);
