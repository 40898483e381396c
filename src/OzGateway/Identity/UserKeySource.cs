namespace OzGateway.Identity;

/// <summary>One place a verified user may come from.</summary>
internal abstract record UserKeySource
{
    /// <summary>Longest identifier of a user, in characters.</summary>
    public const int MaxIdentifierLength = 1024;
}

/// <summary>What a source says: the identifier goes into the user key and no further.</summary>
/// <param name="Outcome">Whether it names a user.</param>
/// <param name="Identifier">Whom, where found.</param>
internal readonly record struct IdentifierResult(UserKeyOutcome Outcome, string? Identifier)
{
    /// <summary>Value of the claim that names a group, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Values of claims that go into metadata, or null.</summary>
    public ClaimValues? Claims { get; init; }

    /// <summary>The token that names the user, where one does.</summary>
    public KnownToken? Token { get; init; }

    /// <summary>Nobody is named.</summary>
    public static IdentifierResult Missing => new(UserKeyOutcome.Missing, null);

    /// <summary>What is there could be read in two ways.</summary>
    public static IdentifierResult Refused => new(UserKeyOutcome.Refused, null);

    /// <summary>What is there cannot be verified now.</summary>
    public static IdentifierResult Unavailable => new(UserKeyOutcome.Unavailable, null);

    /// <summary>This user is named.</summary>
    public static IdentifierResult Of(string identifier) => new(UserKeyOutcome.Found, identifier);

    /// <inheritdoc />
    public override string ToString() => $"[{Outcome}]";
}
