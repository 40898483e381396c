using System.Text.Json;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.OzApi;

/// <summary>
/// The access token of our account, in memory only. One from a login is renewed before it ends and when Oz API no longer takes it, by a refresh
/// or, failing that, by a new login; a fixed one is read anew from its file. However many ask, one renews.
/// </summary>
internal sealed partial class OzToken(OzApiPolicy policy, OzWire wire, TimeProvider time, ILogger<OzToken> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private HeldToken? _held = policy.Token is { } token ? new HeldToken(token.Reveal()) : null;
    private Task<HeldToken>? _renewal;

    /// <summary>A token that was accepted last, or a new one.</summary>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        var held = Volatile.Read(ref _held);
        if (held is null)
        {
            return await RenewAsync(null, cancellationToken);
        }

        if (held.RenewAt is not { } due || time.GetUtcNow() < due)
        {
            return held.Access;
        }

        try
        {
            return await RenewAsync(held.Access, cancellationToken);
        }
        catch (Exception failure) when (failure is OzApiException or HttpRequestException)
        {
            // Renewed before its time: it may still be good, and what did not work now is tried again a little later.
            Interlocked.CompareExchange(ref _held, held with { RenewAt = time.GetUtcNow() + Pause }, held);
            return held.Access;
        }
    }

    /// <summary>A token other than the refused one.</summary>
    /// <exception cref="OzApiException">The login was refused, or a fixed token is the same as before.</exception>
    public async ValueTask<string> RenewAsync(string? refused, CancellationToken cancellationToken)
    {
        Task<HeldToken> renewal;
        lock (_lock)
        {
            if (_held is { } current && current.Access != refused)
            {
                return current.Access;
            }

            // Whoever asks may go away: the renewal is everybody's.
            var former = _held;
            renewal = _renewal ??= Task.Run(() => RunAsync(former), CancellationToken.None);
        }

        return (await renewal.WaitAsync(cancellationToken)).Access;
    }

    private async Task<HeldToken> RunAsync(HeldToken? former)
    {
        try
        {
            var fresh = policy.Token is { } secret ? ReadAnew(secret, former) : await RefreshAsync(former) ?? await LoginAsync();
            Volatile.Write(ref _held, fresh);
            Log.OzTokenRenewed(logger);
            return fresh;
        }
        finally
        {
            lock (_lock)
            {
                _renewal = null;
            }
        }
    }

    private static HeldToken ReadAnew(Secret secret, HeldToken? former) =>
        secret.ReadAnew()?.Reveal() is { } text && text != former?.Access ? new HeldToken(text) : throw new OzApiException("login");

    private async Task<HeldToken?> RefreshAsync(HeldToken? former)
    {
        if (former?.Expire is not { } expire)
        {
            return null;
        }

        var call = new OzCall(HttpMethod.Post, "/api/authorize/refresh/", JsonSerializer.SerializeToUtf8Bytes(new OzRefresh(expire), OzJson.Default.OzRefresh));
        return await SendAsync(call, former.Access);
    }

    private async Task<HeldToken> LoginAsync()
    {
        var login = new OzLogin(new OzCredentials(policy.Email!, (policy.Password!.ReadAnew() ?? policy.Password).Reveal()));
        return await SendAsync(new OzCall(HttpMethod.Post, "/api/authorize/auth/", JsonSerializer.SerializeToUtf8Bytes(login, OzJson.Default.OzLogin)), accessToken: null)
            ?? throw new OzApiException("login");
    }

    private async Task<HeldToken?> SendAsync(OzCall call, string? accessToken)
    {
        using var limit = new CancellationTokenSource(policy.Timeout);
        var reply = await wire.SendAsync(call, accessToken, limit.Token);
        try
        {
            return reply.IsSuccess && OzWire.Read(reply.Body, OzJson.Default.OzSession) is { AccessToken.Length: > 0 } session
                ? new HeldToken(session.AccessToken) { Expire = session.ExpireToken, RenewAt = RenewAt(session, reply.Date) }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A life, not a time: Oz's clock may be another. Four fifths of it; a life that makes no sense is none, and the token lasts until it is refused.
    private DateTimeOffset? RenewAt(OzSession session, DateTimeOffset? ozNow)
    {
        if (session.ExpireDate is not { } seconds || seconds is not (> 0 and < 253402300799))
        {
            return null;
        }

        var life = DateTimeOffset.UnixEpoch.AddSeconds(seconds) - (ozNow ?? time.GetUtcNow());
        return life > TimeSpan.FromSeconds(10) ? time.GetUtcNow() + (life * 0.8) : null;
    }

    private sealed record HeldToken(string Access)
    {
        public string? Expire { get; init; }

        public DateTimeOffset? RenewAt { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.OzTokenRenewed, LogLevel.Information, "Got a token of Oz API.", EventName = nameof(OzTokenRenewed))]
        internal static partial void OzTokenRenewed(ILogger logger);
    }
}
