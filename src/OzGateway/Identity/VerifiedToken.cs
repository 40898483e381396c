namespace OzGateway.Identity;

/// <summary>What a token says.</summary>
/// <param name="Outcome">Whether it names a user.</param>
/// <param name="Identifier">The identifier in the claim, where it does.</param>
internal readonly record struct VerifiedToken(UserKeyOutcome Outcome, string? Identifier)
{
    /// <summary>Value of the claim that names a group, or null.</summary>
    public string? Group { get; init; }
}
