namespace OzGateway.Identity;

/// <summary>Whether a source names a user.</summary>
internal enum UserKeyOutcome
{
    /// <summary>A verified user.</summary>
    Found,

    /// <summary>Nothing there, or nothing valid.</summary>
    Missing,

    /// <summary>Something there that could be read in two ways: no further source is asked.</summary>
    Refused,

    /// <summary>Something there that cannot be verified now.</summary>
    Unavailable,
}

/// <summary>What the sources say.</summary>
/// <param name="Outcome">Whether they name a user.</param>
/// <param name="User">The user, where found.</param>
internal readonly record struct UserKeyResult(UserKeyOutcome Outcome, UserKey? User)
{
    /// <summary>Nobody is named.</summary>
    public static UserKeyResult Missing => new(UserKeyOutcome.Missing, null);

    /// <summary>Two users are named, or one in a way that could be read as another.</summary>
    public static UserKeyResult Refused => new(UserKeyOutcome.Refused, null);

    /// <summary>The user is told apart by an address only.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Value of the claim that names a group, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Values of claims that go into metadata, or null.</summary>
    public ClaimValues? Claims { get; init; }

    /// <summary>This user is named.</summary>
    public static UserKeyResult Of(UserKey user) => new(UserKeyOutcome.Found, user);
}
