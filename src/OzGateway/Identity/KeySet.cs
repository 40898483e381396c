using Microsoft.IdentityModel.Tokens;
using OzGateway.Telemetry;

namespace OzGateway.Identity;

/// <summary>The keys that an issuer publishes at one address: fetched by one call at a time, and not often, whatever tokens name.</summary>
internal sealed partial class KeySet(Uri address, JwtClaimSource source, JwtVerifierSettings settings)
{
    /// <summary>Largest key set in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxKeys = 64;

    // Between two questions, answered or not: neither tokens of unknown keys nor an outage make a storm of them.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private volatile Fetched? _fetched;
    private Task _asking = Task.CompletedTask;
    private long? _askedAt;

    /// <summary>The keys a token may have been signed with; null where no keys can be had now.</summary>
    /// <param name="head">What the token names.</param>
    /// <param name="cancellationToken">Ends the waiting of this call.</param>
    public async ValueTask<IReadOnlyList<SecurityKey>?> FindAsync(JwtHead head, CancellationToken cancellationToken)
    {
        if (Usable() is { } known && Fitting(known, head) is { Count: > 0 } fitting)
        {
            if (Age(known) > source.JwksRefresh)
            {
                // Beside the call, not in front of it: an issuer that is slow or away costs nobody's time while its keys are still good.
                _ = RefreshAsync();
            }

            return fitting;
        }

        await RefreshAsync().WaitAsync(cancellationToken);
        return Usable() is { } keys ? Fitting(keys, head) : null;
    }

    private TimeSpan Age(Fetched fetched) => settings.Time.GetElapsedTime(fetched.At);

    private Fetched? Usable() => _fetched is { } fetched && Age(fetched) <= source.JwksRefresh + source.JwksGrace ? fetched : null;

    // Without a key id every key is tried: a key set is small.
    private static List<SecurityKey> Fitting(Fetched fetched, JwtHead head) =>
        [.. fetched.Keys.Where(key => (head.KeyId is null || key.Kid == head.KeyId) && (string.IsNullOrEmpty(key.Alg) || key.Alg == head.Algorithm))];

    private Task RefreshAsync()
    {
        lock (_lock)
        {
            if (_asking.IsCompleted && (_askedAt is not { } last || settings.Time.GetElapsedTime(last) >= Pause))
            {
                _askedAt = settings.Time.GetTimestamp();
                _asking = FetchAsync();
            }

            return _asking;
        }
    }

    // Not under the token of a request: who goes away must not take the keys from those who wait.
    private async Task FetchAsync()
    {
        try
        {
            var set = new JsonWebKeySet(await settings.Http.GetStringAsync(address, CancellationToken.None));
            var keys = set.Keys.Where(IsForSignatures).Take(MaxKeys).ToList();
            _fetched = keys.Count > 0 ? new Fetched(keys, settings.Time.GetTimestamp()) : throw new ArgumentException("No key for signatures.");
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or ArgumentException or System.Text.Json.JsonException)
        {
            Log.KeySetUnavailable(settings.Logger, failure.GetType().Name);
        }
    }

    private static bool IsForSignatures(JsonWebKey key) => key.Use is null or "" or "sig" && !key.HasPrivateKey && key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.RSA => key.KeySize >= JwtAlgorithms.MinRsaBits,
        JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv is "P-256" or "P-384" or "P-521",
        _ => false,
    };

    private sealed record Fetched(IReadOnlyList<JsonWebKey> Keys, long At);

    private static partial class Log
    {
        [LoggerMessage(EventIds.KeySetUnavailable, LogLevel.Error, "The key set of the token issuer cannot be read: {Reason}.", EventName = nameof(KeySetUnavailable))]
        internal static partial void KeySetUnavailable(ILogger logger, string reason);
    }
}
