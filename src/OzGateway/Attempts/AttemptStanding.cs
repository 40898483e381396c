namespace OzGateway.Attempts;

/// <summary>Where a user stands in one budget, for an operator.</summary>
internal sealed record AttemptStanding
{
    /// <summary>Attempts counted now, per window of the policy.</summary>
    public required IReadOnlyList<int> Counted { get; init; }

    /// <summary>Attempts whose end is not known.</summary>
    public required int Pending { get; init; }

    /// <summary>Attempts given back that still count against the refund limit.</summary>
    public required int GivenBack { get; init; }

    /// <summary>Time until the next attempt is possible; zero where it is possible now.</summary>
    public required TimeSpan RetryAfter { get; init; }

    /// <summary>Only a reset helps.</summary>
    public required bool Disabled { get; init; }
}
