using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OzGateway.Demo.Soak;

/// <summary>Secrets of gateways that belong together.</summary>
internal sealed class SoakSecrets
{
    /// <summary>Hashes users.</summary>
    public string UserKey { get; } = RandomNumberGenerator.GetHexString(64);

    /// <summary>Signs sessions.</summary>
    public string JwtKey { get; } = RandomNumberGenerator.GetHexString(64);

    /// <summary>What the customer's login hands a browser.</summary>
    public string SessionOf(string user) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "https://login.example",
        Audience = "liveness",
        Claims = new Dictionary<string, object> { ["sub"] = user },
        Expires = TimeProvider.System.GetUtcNow().AddHours(12).UtcDateTime,
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(JwtKey)), SecurityAlgorithms.HmacSha256),
    });
}

/// <summary>A gateway with a limit that matters.</summary>
/// <param name="Count">What counts.</param>
/// <param name="Limit">Attempts in an hour.</param>
/// <param name="Redis">Port of a Redis, or null.</param>
internal sealed record LimitedGateway(string Count, int Limit, int? Redis);
