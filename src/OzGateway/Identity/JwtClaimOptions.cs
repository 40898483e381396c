using System.ComponentModel.DataAnnotations;

namespace OzGateway.Identity;

/// <summary>A claim of a signed JWT, from the Authorization header (Bearer) or a cookie.</summary>
internal sealed class JwtClaimOptions
{
    /// <summary>Claim that names the user.</summary>
    /// <value>sub</value>
    public string? Claim { get; set; }

    /// <summary>Claim that names the user's group, for <c>attempts.groups</c>: text of <c>[a-z0-9_-]{1,64}</c>; anything else is no group.</summary>
    /// <value>none</value>
    public string? GroupClaim { get; set; }

    /// <summary>Exact issuer.</summary>
    [Required]
    public string? Issuer { get; set; }

    /// <summary>Exact audience.</summary>
    [Required]
    public string? Audience { get; set; }

    /// <summary>Cookie that carries the token.</summary>
    /// <value>the Authorization header</value>
    public string? Cookie { get; set; }

    /// <summary>Address of the key set: https, or http on a loopback host. Exactly one of jwks and key.</summary>
    public Uri? Jwks { get; set; }

    /// <summary>Age at which a key set is fetched anew. A token of an unknown key has it fetched earlier, at most every 30s.</summary>
    /// <value>1h</value>
    [Range(typeof(TimeSpan), "1m", "24h")]
    public TimeSpan? JwksRefresh { get; set; }

    /// <summary>How long beyond that age known keys are still believed while the issuer is away. Then users cannot be verified: 503.</summary>
    /// <value>24h</value>
    [Range(typeof(TimeSpan), "0s", "7d")]
    public TimeSpan? JwksGrace { get; set; }

    /// <summary>A PEM public key, or a shared secret of at least 32 bytes. Exactly one of jwks and key.</summary>
    public SecretOptions? Key { get; set; }

    /// <summary>Accepted signature algorithms: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, HS256, HS384, HS512. They must fit the key; <c>none</c> is refused.</summary>
    /// <value>by key: HS256 for a secret; RS256, PS256 for an RSA key; ES256 for a P-256 key; RS256, PS256, ES256 for a key set</value>
    public List<string>? Algorithms { get; set; }

    /// <summary>Tolerated clock difference for exp and nbf.</summary>
    /// <value>30s</value>
    [Range(typeof(TimeSpan), "0s", "5m")]
    public TimeSpan? ClockSkew { get; set; }
}
