using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Identity;

/// <summary>What every verifier needs from outside.</summary>
/// <param name="Http">Client for key sets.</param>
/// <param name="Time">The clock for exp and nbf.</param>
/// <param name="Logger">Where refusals are counted.</param>
internal sealed record JwtVerifierSettings(HttpClient Http, TimeProvider Time, ILogger<JwtVerifier> Logger);

/// <summary>Verifies tokens of one issuer and reads the claim that names the user.</summary>
internal sealed partial class JwtVerifier
{
    private const int MaxTokenBytes = 16 * 1024;

    private readonly JwtClaimSource _source;
    private readonly JwtVerifierSettings _settings;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenBytes };
    private readonly ConfigurationManager<JsonWebKeySet>? _keySet;
    private readonly SecurityKey[] _fixedKeys;

    public JwtVerifier(JwtClaimSource source, JwtVerifierSettings settings)
    {
        _source = source;
        _settings = settings;
        _fixedKeys = source.Key is { } key ? [ReadKey(key)] : [];
        _keySet = source.Jwks is { } address
            ? new ConfigurationManager<JsonWebKeySet>(
                address.AbsoluteUri, new KeySetRetriever(), new HttpDocumentRetriever(settings.Http) { RequireHttps = !address.IsLoopback })
            : null;
    }

    /// <summary>The identifier in the claim of a valid token.</summary>
    public async Task<VerifiedToken> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ValidateAsync(token, cancellationToken);
            if (!result.IsValid && _keySet is not null && result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                // The issuer may have rotated its keys; the key set client limits how often it asks again.
                _keySet.RequestRefresh();
                result = await ValidateAsync(token, cancellationToken);
            }

            if (!result.IsValid)
            {
                Log.Refused(_settings.Logger, result.Exception?.GetType().Name ?? "unknown");
                return new VerifiedToken(UserKeyOutcome.Missing, null);
            }

            return result.Claims.TryGetValue(_source.Claim, out var value) && value is string { Length: > 0 and <= 1024 } identifier
                ? new VerifiedToken(UserKeyOutcome.Found, identifier) { Group = GroupIn(result.Claims) }
                : new VerifiedToken(UserKeyOutcome.Missing, null);
        }
        catch (InvalidOperationException failure) when (_keySet is not null)
        {
            Log.KeySetUnavailable(_settings.Logger, failure.GetType().Name);
            return new VerifiedToken(UserKeyOutcome.Unavailable, null);
        }
    }

    private string? GroupIn(IDictionary<string, object> claims) =>
        _source.GroupClaim is { } claim && claims.TryGetValue(claim, out var value) && value is string group && TextShapes.IsName(group) ? group : null;

    private async Task<TokenValidationResult> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        IEnumerable<SecurityKey> keys = _keySet is null
            ? _fixedKeys
            : (await _keySet.GetConfigurationAsync(cancellationToken)).GetSigningKeys();
        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = _source.Issuer,
            ValidAudience = _source.Audience,
            ValidAlgorithms = _source.Algorithms,
            IssuerSigningKeys = keys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
        });
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = _settings.Time.GetUtcNow().UtcDateTime;
        // The skew is moved to our side: a token without times may come here with the ends of the calendar, which cannot be shifted.
        return expires is { } end && now - _source.ClockSkew < end && (notBefore is not { } start || now + _source.ClockSkew >= start);
    }

    private static SecurityKey ReadKey(Secret secret)
    {
        var text = secret.Reveal();
        if (!text.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            return new SymmetricSecurityKey(secret.Bytes.ToArray());
        }

        // The kind of a public key stands in its bytes, not in its PEM label: the policy has read it once before.
        var elliptic = ECDsa.Create();
        try
        {
            elliptic.ImportFromPem(text);
            return new ECDsaSecurityKey(elliptic);
        }
        catch (CryptographicException)
        {
            elliptic.Dispose();
            var rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return new RsaSecurityKey(rsa);
        }
    }

    private sealed class KeySetRetriever : IConfigurationRetriever<JsonWebKeySet>
    {
        public async Task<JsonWebKeySet> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel) =>
            new(await retriever.GetDocumentAsync(address, cancel));
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UserTokenRefused, LogLevel.Information, "A user token was refused: {Reason}.", EventName = "UserTokenRefused")]
        internal static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(EventIds.KeySetUnavailable, LogLevel.Error, "The key set of the token issuer cannot be read: {Reason}.", EventName = nameof(KeySetUnavailable))]
        internal static partial void KeySetUnavailable(ILogger logger, string reason);
    }
}
