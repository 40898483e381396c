using System.Runtime.CompilerServices;
using Microsoft.Extensions.Primitives;

namespace OzGateway.Identity;

/// <summary>Asks the configured sources for a verified user: the first that is present and valid wins, and tokens may not contradict each other.</summary>
internal sealed class UserKeySources(JwtVerifierSettings settings)
{
    private const string Scheme = "Bearer ";

    private readonly ConditionalWeakTable<JwtClaimSource, JwtVerifier> _verifiers = [];

    /// <summary>The user of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="policy">The sources.</param>
    /// <param name="hasTicket">A valid ticket came along: an address, the last resort, is then not asked.</param>
    public async ValueTask<UserKeyResult> FindAsync(HttpContext context, UserKeyPolicy policy, bool hasTicket)
    {
        UserKeyResult found = UserKeyResult.Missing;
        foreach (var source in policy.Sources)
        {
            // Once somebody is named only tokens are still asked: a cookie and a bearer of two users are a mistake, or an attack.
            if (found.User is not null && source is not JwtClaimSource)
            {
                continue;
            }

            var result = await AskAsync(context, policy, source, hasTicket);
            if (result.Outcome is UserKeyOutcome.Refused or UserKeyOutcome.Unavailable)
            {
                return result;
            }

            // The secret may have been replaced between two questions: the later answer knows the former name too.
            if (result.User is not null && found.User is not null && !result.User.Includes(found.User))
            {
                return UserKeyResult.Refused;
            }

            found = result.User is null ? found : result;
        }

        return found;
    }

    private async ValueTask<UserKeyResult> AskAsync(HttpContext context, UserKeyPolicy policy, UserKeySource source, bool hasTicket)
    {
        if (source is ClientAddressSource address)
        {
            return !hasTicket && address.Read(context) is { } network
                ? UserKeyResult.Of(UserKey.OfAddress(policy.Keys, network)) with { IsAnonymous = true }
                : UserKeyResult.Missing;
        }

        var said = source switch
        {
            JwtClaimSource jwt => await FromTokenAsync(context, jwt),
            HeaderSource header => header.Read(context),
            MtlsSource mtls => mtls.Read(context.Connection.ClientCertificate),
            _ => throw new InvalidOperationException($"Source '{source.GetType().Name}' has no reader."),
        };
        return new UserKeyResult(said.Outcome, said.Identifier is { } identifier ? said.Token?.UserOf(policy.Keys, identifier) ?? UserKey.OfIdentifier(policy.Keys, identifier) : null) { Group = said.Group, Claims = said.Claims };
    }

    private async ValueTask<IdentifierResult> FromTokenAsync(HttpContext context, JwtClaimSource source)
    {
        // Two tokens in one place could be read differently by two readers.
        var count = FindToken(context.Request, source, out var token);
        if (count != 1)
        {
            return count == 0 ? IdentifierResult.Missing : IdentifierResult.Refused;
        }

        var verifier = _verifiers.GetValue(source, jwt => new JwtVerifier(jwt, settings));
        return await verifier.VerifyAsync(token, context.RequestAborted);
    }

    private static int FindToken(HttpRequest request, JwtClaimSource source, out StringSegment token)
    {
        if (source.Cookie is { } cookie)
        {
            return CookieValues.Find(request, cookie, out token);
        }

        token = default;
        var values = request.Headers.Authorization;
        if (values is not [{ } value])
        {
            return values.Count > 1 ? values.Count : 0;
        }

        token = value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? new StringSegment(value, Scheme.Length, value.Length - Scheme.Length).Trim() : default;
        return token.HasValue ? 1 : 0;
    }
}
