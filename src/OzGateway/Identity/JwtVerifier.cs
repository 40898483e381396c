using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Identity;

/// <summary>What every verifier needs from outside.</summary>
/// <param name="Http">Client for key sets.</param>
/// <param name="Time">The clock for exp and nbf, and for the age of key sets.</param>
/// <param name="Logger">Where refusals are counted.</param>
internal sealed record JwtVerifierSettings(HttpClient Http, TimeProvider Time, ILogger<JwtVerifier> Logger);

/// <summary>Verifies tokens of one issuer and reads the claim that names the user.</summary>
internal sealed partial class JwtVerifier(JwtClaimSource source, JwtVerifierSettings settings)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = JwtHead.MaxTokenLength };
    private readonly KnownTokens _verified = new();
    private readonly KeySet? _keySet = source.Jwks is { } address ? new KeySet(address, source, settings) : null;

    /// <summary>The identifier in the claim of a valid token.</summary>
    public async ValueTask<IdentifierResult> VerifyAsync(StringSegment token, CancellationToken cancellationToken)
    {
        var known = _verified.Find(token.AsSpan());
        if ((known?.Head ?? JwtHead.Read(token.ToString(), source.Claim)) is not { } head || (known is null && !source.Algorithms.Contains(head.Algorithm, StringComparer.Ordinal)))
        {
            Log.Refused(settings.Logger, "head");
            return IdentifierResult.Missing;
        }

        if ((_keySet is null ? source.Key!.Value.Keys : await _keySet.FindAsync(head, cancellationToken)) is not { } keys)
        {
            return IdentifierResult.Unavailable;
        }

        // What was verified once stays verified as long as its key stands and its time runs.
        if (known is not null && keys.Contains(known.Key) && IsAlive(known.NotBefore, known.Expires))
        {
            return Identify(known);
        }

        var result = await _handler.ValidateTokenAsync(token.ToString(), Parameters(keys));
        if (!result.IsValid)
        {
            Log.Refused(settings.Logger, result.Exception?.GetType().Name ?? "unknown");
            return IdentifierResult.Missing;
        }

        var verified = new KnownToken(head, result.SecurityToken.SigningKey, result.SecurityToken.ValidFrom, result.SecurityToken.ValidTo) { Group = GroupIn(result.Claims), Claims = ClaimValues.Of(source.Claims, result.Claims) };
        _verified.Add(token.AsSpan(), verified);
        return Identify(verified);
    }

    private static IdentifierResult Identify(KnownToken token) =>
        token.Head.Identifier is { } identifier ? IdentifierResult.Of(identifier) with { Group = token.Group, Claims = token.Claims, Token = token } : IdentifierResult.Missing;

    private string? GroupIn(IDictionary<string, object> claims) =>
        source.GroupClaim is { } claim && claims.TryGetValue(claim, out var value) && value is string group && TextShapes.IsName(group) ? group : null;

    private TokenValidationParameters Parameters(IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = source.Issuer,
        ValidAudience = source.Audience,
        ValidAlgorithms = source.Algorithms,
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = settings.Time.GetUtcNow().UtcDateTime;
        // The skew is moved to our side: a token without times may come here with the ends of the calendar, which cannot be shifted.
        return expires is { } end && now - source.ClockSkew < end && (notBefore is not { } start || now + source.ClockSkew >= start);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UserTokenRefused, LogLevel.Information, "A user token was refused: {Reason}.", EventName = "UserTokenRefused")]
        internal static partial void Refused(ILogger logger, string reason);
    }
}
