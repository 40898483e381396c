using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OzGateway.Demo;

/// <summary>Secrets of this run, handed over as the variables that gateway.yaml names; nothing is stored.</summary>
internal sealed class DemoSecrets
{
    private readonly string _userKey = Random();
    private readonly string _jwtKey = Random();

    /// <summary>Token of our account at the simulated Oz API.</summary>
    public string OzToken { get; } = Random();

    /// <summary>Key of the customer's backend.</summary>
    public string BackendKey { get; } = Random();

    /// <summary>A variable of gateway.yaml.</summary>
    public string? Variable(string name) => name switch
    {
        "OZGATEWAY_USER_KEY" => _userKey,
        "OZGATEWAY_JWT_KEY" => _jwtKey,
        "OZGATEWAY_OZ_TOKEN" => OzToken,
        "OZGATEWAY_BACKEND_KEYS" => $"demo:{BackendKey}",
        _ => Environment.GetEnvironmentVariable(name),
    };

    /// <summary>What the customer's login hands a browser.</summary>
    public string SessionOf(string user) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "https://login.example",
        Audience = "liveness",
        Claims = new Dictionary<string, object> { ["sub"] = user },
        Expires = TimeProvider.System.GetUtcNow().AddHours(1).UtcDateTime,
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(_jwtKey)), SecurityAlgorithms.HmacSha256),
    });

    private static string Random() => RandomNumberGenerator.GetHexString(64, lowercase: true);
}
