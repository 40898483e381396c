using Microsoft.IdentityModel.Tokens;

namespace OzGateway.Identity;

/// <summary>A token whose signature was verified.</summary>
/// <param name="Head">What it says.</param>
/// <param name="Key">The key that it is signed with: once that is no more, nothing is verified.</param>
/// <param name="NotBefore">When it begins.</param>
/// <param name="Expires">When it ends.</param>
internal sealed record KnownToken(JwtHead Head, SecurityKey Key, DateTime NotBefore, DateTime Expires)
{
    /// <summary>The group that it names, or null.</summary>
    public string? Group { get; init; }

    /// <summary>The claims of it that go into metadata, or null.</summary>
    public ClaimValues? Claims { get; init; }
}
