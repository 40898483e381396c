using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OzGateway.Tests.Testing;

/// <summary>Tokens of the customer's login.</summary>
internal static class Tokens
{
    public static string For(string user, DateTimeOffset now, string secret = The.JwtSecret, string issuer = The.Issuer, string audience = The.Audience, string? group = null,
        IReadOnlyDictionary<string, object>? claims = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = new Dictionary<string, object>([KeyValuePair.Create<string, object>("sub", user), .. group is null ? [] : new[] { KeyValuePair.Create<string, object>("tier", group) }, .. claims ?? new Dictionary<string, object>()]),
            Expires = now.AddHours(24).UtcDateTime,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256),
        });

    /// <summary>A token that only a key set could judge.</summary>
    public static string OfUnknownKey() =>
        $"{Base64UrlEncoder.Encode("""{"alg":"RS256","kid":"k1"}""")}.{Base64UrlEncoder.Encode("""{"sub":"alice"}""")}.{Base64UrlEncoder.Encode("signature")}";
}
