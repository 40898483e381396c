using System.Runtime.CompilerServices;

namespace OzGateway.Identity;

/// <summary>Asks the configured sources for a verified user: the first that is present and valid wins.</summary>
internal sealed class UserKeySources(JwtVerifierSettings settings)
{
    private readonly ConditionalWeakTable<JwtClaimSource, JwtVerifier> _verifiers = [];

    /// <summary>The user of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="policy">The sources.</param>
    /// <param name="hasTicket">A valid ticket came along: an address, the last resort, is then not asked.</param>
    public async ValueTask<UserKeyResult> FindAsync(HttpContext context, UserKeyPolicy policy, bool hasTicket)
    {
        foreach (var source in policy.Sources)
        {
            var result = source switch
            {
                JwtClaimSource jwt => await FromTokenAsync(context, policy, jwt),
                HeaderSource header => FromHeader(context, policy, header),
                ClientAddressSource => hasTicket ? UserKeyResult.Missing : FromAddress(context, policy),
                _ => throw new InvalidOperationException($"Source '{source.GetType().Name}' has no reader."),
            };
            if (result.Outcome is not UserKeyOutcome.Missing)
            {
                return result;
            }
        }

        return UserKeyResult.Missing;
    }

    private async ValueTask<UserKeyResult> FromTokenAsync(HttpContext context, UserKeyPolicy policy, JwtClaimSource source)
    {
        if (Token(context, source) is not { } token)
        {
            return UserKeyResult.Missing;
        }

        var verifier = _verifiers.GetValue(source, jwt => new JwtVerifier(jwt, settings));
        var verified = await verifier.VerifyAsync(token, context.RequestAborted);
        return verified.Outcome is UserKeyOutcome.Found
            ? UserKeyResult.Of(UserKey.OfIdentifier(policy.Keys, verified.Identifier!)) with { Group = verified.Group }
            : new UserKeyResult(verified.Outcome, null);
    }

    private static string? Token(HttpContext context, JwtClaimSource source)
    {
        if (source.Cookie is { } cookie)
        {
            return context.Request.Cookies[cookie];
        }

        const string Scheme = "Bearer ";
        return context.Request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;
    }

    private static UserKeyResult FromHeader(HttpContext context, UserKeyPolicy policy, HeaderSource source)
    {
        var peer = context.Connection.RemoteIpAddress;
        if (peer is null || !source.TrustedProxies.Any(network => network.Contains(ClientAddress.Plain(peer))))
        {
            return UserKeyResult.Missing;
        }

        // Two values, or a twin spelled with underscores, could be read differently by whoever set the header: nobody is named.
        var twin = source.Name.Replace('-', '_');
        return context.Request.Headers[source.Name] is [{ Length: > 0 } value]
            && (twin == source.Name || !context.Request.Headers.ContainsKey(twin))
            ? UserKeyResult.Of(UserKey.OfIdentifier(policy.Keys, value))
            : UserKeyResult.Missing;
    }

    private static UserKeyResult FromAddress(HttpContext context, UserKeyPolicy policy) =>
        ClientAddress.NetworkOf(context) is { } network
            ? UserKeyResult.Of(UserKey.OfAddress(policy.Keys, network)) with { IsAnonymous = true }
            : UserKeyResult.Missing;
}
