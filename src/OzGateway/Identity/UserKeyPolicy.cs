using System.Net;

namespace OzGateway.Identity;

/// <summary>Whose request it is: the sources that may name a user, in order, and the keys that hash and sign.</summary>
internal sealed record UserKeyPolicy
{
    /// <summary>The keys derived from <c>user_key.hmac_key</c>.</summary>
    public required GatewayKeys Keys { get; init; }

    /// <summary>How a ticket travels.</summary>
    public required TicketPolicy Ticket { get; init; }

    /// <summary>Verified sources of a user, first present and valid one wins. At least one.</summary>
    public required IReadOnlyList<UserKeySource> Sources { get; init; }
}

/// <summary>Where a ticket travels. <c>Identity</c> means that there is none.</summary>
internal enum TicketCarrier
{
    /// <summary>A <c>__Host-</c> cookie: HttpOnly, Secure, SameSite=Lax. The default.</summary>
    Cookie,

    /// <summary>No ticket: the user comes from another source in every call.</summary>
    Identity,
}

/// <summary>How a ticket travels and how long it lives.</summary>
/// <param name="Carrier">Where it travels. Default cookie.</param>
/// <param name="CookieName">Name of the cookie. Default <c>__Host-ozgateway-ticket</c>, or <c>ozgateway-ticket</c> with <paramref name="DangerousPlainHttpCookie"/>.</param>
/// <param name="DangerousPlainHttpCookie">The cookie may travel over plain http. Default false.</param>
internal sealed record TicketPolicy(TicketCarrier Carrier, string CookieName, bool DangerousPlainHttpCookie);

/// <summary>One place a verified user may come from.</summary>
internal abstract record UserKeySource;

/// <summary>A claim of a signed JWT, from the Authorization header (Bearer) or a cookie.</summary>
internal sealed record JwtClaimSource : UserKeySource
{
    /// <summary>Claim that names the user. Default <c>sub</c>.</summary>
    public required string Claim { get; init; }

    /// <summary>Exact issuer. Required.</summary>
    public required string Issuer { get; init; }

    /// <summary>Exact audience. Required.</summary>
    public required string Audience { get; init; }

    /// <summary>Cookie that carries the token; null means the Authorization header.</summary>
    public string? Cookie { get; init; }

    /// <summary>Accepted signature algorithms, for example RS256. Never <c>none</c>.</summary>
    public required IReadOnlyList<string> Algorithms { get; init; }

    /// <summary>Address of the key set, or null where <see cref="Key"/> is given.</summary>
    public Uri? Jwks { get; init; }

    /// <summary>A PEM public key, or a shared secret of at least 32 bytes, or null where <see cref="Jwks"/> is given.</summary>
    public Secret? Key { get; init; }

    /// <summary>Tolerated clock difference for exp and nbf. 0s to 5m; default 30s.</summary>
    public required TimeSpan ClockSkew { get; init; }
}

/// <summary>A header that a listed proxy sets.</summary>
/// <param name="Name">Name of the header.</param>
/// <param name="TrustedProxies">Networks the connection must come from. Never empty.</param>
internal sealed record HeaderSource(string Name, IReadOnlyList<IPNetwork> TrustedProxies) : UserKeySource;

/// <summary>The address of the connection: the last resort. Users behind one address share one budget.</summary>
internal sealed record ClientAddressSource : UserKeySource;
