using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>A claim of a signed JWT, from the Authorization header (Bearer) or a cookie.</summary>
internal sealed record JwtClaimSource : UserKeySource
{
    /// <summary>Claim that names the user. Default <c>sub</c>.</summary>
    public required string Claim { get; init; }

    /// <summary>Claim that names the user's group, for attempts of its own; null for none.</summary>
    public string? GroupClaim { get; init; }

    /// <summary>Further claims that transactions ask for, to set metadata from.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>Exact issuer. Required.</summary>
    public required string Issuer { get; init; }

    /// <summary>Exact audience. Required.</summary>
    public required string Audience { get; init; }

    /// <summary>Cookie that carries the token; null means the Authorization header.</summary>
    public string? Cookie { get; init; }

    /// <summary>Signature algorithms accepted with a key set, for example RS256. Never <c>none</c>.</summary>
    public IReadOnlyList<string> KeySetAlgorithms { get; init; } = [];

    /// <summary>Signature algorithms accepted now.</summary>
    public IReadOnlyList<string> Algorithms => Key?.Value.Algorithms ?? KeySetAlgorithms;

    /// <summary>Address of the key set, or null where <see cref="Key"/> is given.</summary>
    public Uri? Jwks { get; init; }

    /// <summary>Age at which the key set is fetched anew. 1m to 24h; default 1h.</summary>
    public TimeSpan JwksRefresh { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long beyond that age known keys are believed while the issuer is away. 0s to 7d; default 24h.</summary>
    public TimeSpan JwksGrace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A PEM public key, or a shared secret of at least 32 bytes, taken up anew with its file; null where <see cref="Jwks"/> is given.</summary>
    public WatchedSecrets<JwtKey>? Key { get; init; }

    /// <summary>Tolerated clock difference for exp and nbf. 0s to 5m; default 30s.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>The source that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static JwtClaimSource? Create(JwtClaimOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        OptionRanges.Check(options, path, errors);
        string? issuer = errors.Require(options.Issuer, $"{path}.issuer", "https://login.example");
        string? audience = errors.Require(options.Audience, $"{path}.audience", "liveness");
        if (options.Cookie is { } cookie && !TextShapes.IsToken(cookie))
        {
            errors.Add($"{path}.cookie", ConfigurationCode.BadText, "is not the name of a cookie.");
        }

        if (options.Jwks is null == options.Key is null)
        {
            errors.Add(path, ConfigurationCode.ExactlyOne, "needs exactly one of jwks and key. Write for example 'jwks: https://login.example/jwks'.");
        }

        if (options.Jwks is { Scheme: "http", IsLoopback: false })
        {
            errors.Add($"{path}.jwks", ConfigurationCode.BadAddress, "is not https. Whoever stands on the way could put keys of their own there.");
        }

        if (options.Jwks is null && (options.JwksRefresh ?? options.JwksGrace) is not null)
        {
            errors.Add(options.JwksRefresh is null ? $"{path}.jwks_grace" : $"{path}.jwks_refresh", ConfigurationCode.Contradiction, "has no place without jwks: a key is read once.");
        }

        Secret? secret = options.Key is null ? null : secrets(options.Key, $"{path}.key");
        JwtKey? key = secret is null ? null : JwtKey.Read(options, secret, path, errors);
        IReadOnlyList<string> algorithms = secret is null ? JwtAlgorithms.Create(options, secret, path, errors) : [];
        return errors.AnyAt(path) ? null : new JwtClaimSource
        {
            Claim = options.Claim ?? "sub",
            GroupClaim = options.GroupClaim,
            Issuer = issuer!,
            Audience = audience!,
            Cookie = options.Cookie,
            KeySetAlgorithms = algorithms,
            Jwks = options.Jwks,
            JwksRefresh = options.JwksRefresh ?? TimeSpan.FromHours(1),
            JwksGrace = options.JwksGrace ?? TimeSpan.FromHours(24),
            Key = key is null ? null : new([secret!], key, renewed => JwtKey.Read(options, renewed[0], path, new ConfigurationErrors())),
            ClockSkew = options.ClockSkew ?? TimeSpan.FromSeconds(30),
        };
    }
}
