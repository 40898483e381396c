using OzGateway.Telemetry;

namespace OzGateway.OzApi;

/// <summary>The access token of our account: fixed, or from a login that is renewed once when Oz API no longer takes it.</summary>
internal sealed partial class OzToken(OzApiPolicy policy, HttpClient http, ILogger<OzToken> logger) : IDisposable
{
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private string? _token = policy.Token?.Reveal();

    /// <summary>A token that was accepted last, or a new one.</summary>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _token) ?? await RenewAsync(null, cancellationToken);

    /// <summary>A token other than the refused one. Many callers at once make one login.</summary>
    /// <exception cref="OzApiException">The login was refused, or the token is a fixed one.</exception>
    public async ValueTask<string> RenewAsync(string? refused, CancellationToken cancellationToken)
    {
        if (policy.Email is not { } email || policy.Password is not { } password)
        {
            throw new OzApiException("login");
        }

        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (_token is { } current && current != refused)
            {
                return current;
            }

            using var answer = await http.PostAsJsonAsync(
                new Uri(policy.Address, "/api/authorize/auth/"), new OzLogin(new OzCredentials(email, password.Reveal())), OzJson.Default.OzLogin, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new OzApiException("login");
            }

            var session = await answer.Content.ReadFromJsonAsync(OzJson.Default.OzSession, cancellationToken);
            var token = session?.AccessToken ?? throw new OzApiException("login");
            Volatile.Write(ref _token, token);
            Log.OzTokenRenewed(logger);
            return token;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _renewing.Dispose();

    private static partial class Log
    {
        [LoggerMessage(EventIds.OzTokenRenewed, LogLevel.Information, "Logged in at Oz API.", EventName = nameof(OzTokenRenewed))]
        internal static partial void OzTokenRenewed(ILogger logger);
    }
}
