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

    /// <summary>This and how the same user stands under another name: of each the higher, for what lies under two names is the same attempts.</summary>
    public AttemptStanding With(AttemptStanding other) => new()
    {
        Counted = [.. Counted.Zip(other.Counted, Math.Max)],
        Pending = Math.Max(Pending, other.Pending),
        GivenBack = Math.Max(GivenBack, other.GivenBack),
        RetryAfter = RetryAfter > other.RetryAfter ? RetryAfter : other.RetryAfter,
        Disabled = Disabled || other.Disabled,
    };
}
