using System.Security.Cryptography;

namespace OzGateway.Simulator.OzApi;

/// <summary>The tokens of Oz API: one fixed of a service account, the others by login or refresh.</summary>
internal sealed class AccessTokens(SimulatorOptions options)
{
    private const int TokenBytes = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Token> _byAccess = [];
    private long _issued;

    /// <summary>How many tokens were ever issued; the fixed one is number 0.</summary>
    public long Issued => Interlocked.Read(ref _issued);

    public Token Issue()
    {
        lock (_lock)
        {
            var token = new Token(NewText(), NewText(), Interlocked.Increment(ref _issued));
            token.Expires = options.Time.GetUtcNow() + options.TokenLifetime;
            return _byAccess[token.Access] = token;
        }
    }

    /// <summary>Null when the token is good, else the reason why it is not. Use renews it and ends the pair it was refreshed from.</summary>
    public OzApiError? Check(string? access, long goodAfter)
    {
        if (string.IsNullOrEmpty(access))
        {
            return OzApiError.TokenMissing;
        }

        if (access == options.OzApiToken)
        {
            return goodAfter < 0 ? null : OzApiError.TokenExpired;
        }

        lock (_lock)
        {
            if (!_byAccess.TryGetValue(access, out var token))
            {
                return OzApiError.TokenInvalid;
            }

            var now = options.Time.GetUtcNow();
            if (token.Expires <= now || token.Number <= goodAfter)
            {
                return OzApiError.TokenExpired;
            }

            token.Expires = now + options.TokenLifetime;
            if (token.RefreshedFrom is { } old)
            {
                _byAccess.Remove(old);
                token.RefreshedFrom = null;
            }

            return null;
        }
    }

    /// <summary>A new pair for an old one, or the reason why not.</summary>
    public (Token? Token, OzApiError? Error) Refresh(string? access, string expireToken)
    {
        lock (_lock)
        {
            if (_byAccess.Values.FirstOrDefault(token => token.Expire == expireToken) is not { } old)
            {
                return (null, OzApiError.SessionNotFound);
            }

            if (old.Access != access)
            {
                return (null, OzApiError.RefreshForbidden);
            }
        }

        var fresh = Issue();
        fresh.RefreshedFrom = access;
        return (fresh, null);
    }

    private static string NewText() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    internal sealed record Token(string Access, string Expire, long Number)
    {
        public DateTimeOffset Expires { get; set; }

        public string? RefreshedFrom { get; set; }
    }
}
