using System.Net;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>Whose request it is: the sources that may name a user, in order, and the keys that hash and sign.</summary>
internal sealed record UserKeyPolicy
{
    private const string Path = "user_key";

    /// <summary>The keys derived from <c>user_key.hmac_key</c>.</summary>
    public required GatewayKeys Keys { get; init; }

    /// <summary>How a ticket travels.</summary>
    public required TicketPolicy Ticket { get; init; }

    /// <summary>Verified sources of a user, first present and valid one wins. At least one.</summary>
    public required IReadOnlyList<UserKeySource> Sources { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static UserKeyPolicy? Create(UserKeyOptions options, SecretReader secrets, ConfigurationErrors errors)
    {
        GatewayKeys? keys = CreateKeys(options.HmacKey, secrets, errors);
        List<UserKeySourceOptions> written = errors.Require(options.Sources, $"{Path}.sources", "[{ jwt_claim: { ... } }]") ?? [];
        List<UserKeySource> sources = [];
        for (int index = 0; index < written.Count; index++)
        {
            if (CreateSource(written[index], $"{Path}.sources[{index}]", secrets, errors) is { } source)
            {
                sources.Add(source);
            }
        }

        if (options.Sources is not null)
        {
            CheckOrder(written, errors);
        }

        TicketOptions ticket = written.Find(source => source.Ticket is not null)?.Ticket ?? new();
        TicketPolicy? policy = TicketPolicy.Create(ticket, $"{Path}.sources[{written.FindIndex(source => source.Ticket is not null)}].ticket", errors);
        return errors.AnyAt(Path) || keys is null || policy is null ? null : new UserKeyPolicy { Keys = keys, Ticket = policy, Sources = sources };
    }

    private static GatewayKeys? CreateKeys(SecretOptions? options, SecretReader secrets, ConfigurationErrors errors)
    {
        const string at = $"{Path}.hmac_key";
        if (options is null)
        {
            errors.Warn(at, ConfigurationCode.EphemeralKeys, "is not given: a key is made at start, and tickets and user keys die with the process.");
            return GatewayKeys.Ephemeral();
        }

        if (secrets(options, at) is not { } secret)
        {
            return GatewayKeys.Ephemeral();
        }

        if (secret.Bytes.Length < GatewayKeys.MinSecretBytes)
        {
            errors.Add(at, ConfigurationCode.SecretUnusable, $"has {secret.Bytes.Length} bytes. At least {GatewayKeys.MinSecretBytes} are needed: 'openssl rand -base64 48' makes one.");
            return null;
        }

        return GatewayKeys.From(secret);
    }

    private static UserKeySource? CreateSource(UserKeySourceOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        object?[] kinds = [options.Ticket, options.JwtClaim, options.Header, options.ClientAddress];
        if (kinds.Count(kind => kind is not null) != 1)
        {
            errors.Add(path, ConfigurationCode.ExactlyOne, "needs exactly one of ticket, jwt_claim, header and client_address. Begin a new '- ' for each source.");
            return null;
        }

        if (options.ClientAddress is not null)
        {
            errors.Warn($"{path}.client_address", ConfigurationCode.ClientAddress, "tells users apart by their address only: users behind one address share one budget, and one user with many addresses has many.");
            return new ClientAddressSource();
        }

        return options.JwtClaim is not null ? JwtClaimSource.Create(options.JwtClaim, $"{path}.jwt_claim", secrets, errors)
            : options.Header is not null ? HeaderSource.Create(options.Header, $"{path}.header", errors)
            : null;
    }

    private static void CheckOrder(List<UserKeySourceOptions> sources, ConfigurationErrors errors)
    {
        if (sources.TrueForAll(source => source.Ticket is not null))
        {
            errors.Add($"{Path}.sources", ConfigurationCode.BadSources, "names nobody: a ticket names only a user who was known before. Add jwt_claim, header or client_address.");
        }

        for (int index = 0; index < sources.Count; index++)
        {
            if (index > 0 && sources[index].Ticket is not null)
            {
                errors.Add($"{Path}.sources[{index}].ticket", ConfigurationCode.BadSources, "is not the first source. A ticket is asked first, and stands there at most once.");
            }

            if (index < sources.Count - 1 && sources[index].ClientAddress is not null)
            {
                errors.Add($"{Path}.sources[{index}].client_address", ConfigurationCode.BadSources, "is not the last source. An address is always there, so what follows would never be asked.");
            }
        }
    }
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
internal sealed record TicketPolicy(TicketCarrier Carrier, string CookieName, bool DangerousPlainHttpCookie)
{
    private const string HostPrefix = "__Host-";

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static TicketPolicy? Create(TicketOptions options, string path, ConfigurationErrors errors)
    {
        bool plainHttp = options.DangerousPlainHttpCookie ?? false;
        string name = options.CookieName ?? (plainHttp ? "ozgateway-ticket" : "__Host-ozgateway-ticket");
        if (!TextShapes.IsToken(name))
        {
            errors.Add($"{path}.cookie_name", ConfigurationCode.BadText, "is not the name of a cookie. Write for example '__Host-ozgateway-ticket'.");
        }

        if (plainHttp)
        {
            errors.Warn($"{path}.dangerous_plain_http_cookie", ConfigurationCode.Dangerous, "lets the ticket travel over plain http, where anyone on the way can take it.");
            if (name.StartsWith(HostPrefix, StringComparison.OrdinalIgnoreCase))
            {
                errors.Add($"{path}.cookie_name", ConfigurationCode.Contradiction, "begins with '__Host-', which browsers accept over https only. Take another name, or take dangerous_plain_http_cookie away.");
            }
        }

        return errors.AnyAt(path) ? null : new TicketPolicy(options.Carrier ?? TicketCarrier.Cookie, name, plainHttp);
    }
}

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

        Secret? key = options.Key is null ? null : secrets(options.Key, $"{path}.key");
        IReadOnlyList<string> algorithms = JwtAlgorithms.Create(options, key, path, errors);
        return errors.AnyAt(path) ? null : new JwtClaimSource
        {
            Claim = options.Claim ?? "sub",
            Issuer = issuer!,
            Audience = audience!,
            Cookie = options.Cookie,
            Algorithms = algorithms,
            Jwks = options.Jwks,
            Key = key,
            ClockSkew = options.ClockSkew ?? TimeSpan.FromSeconds(30),
        };
    }
}

/// <summary>A header that a listed proxy sets.</summary>
/// <param name="Name">Name of the header.</param>
/// <param name="TrustedProxies">Networks the connection must come from. Never empty.</param>
internal sealed record HeaderSource(string Name, IReadOnlyList<IPNetwork> TrustedProxies) : UserKeySource
{
    /// <summary>The source that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static HeaderSource? Create(HeaderSourceOptions options, string path, ConfigurationErrors errors)
    {
        string? name = errors.Require(options.Name, $"{path}.name", "X-User");
        if (name is not null && !TextShapes.IsToken(name))
        {
            errors.Add($"{path}.name", ConfigurationCode.BadText, "is not the name of a header. Write for example 'X-User'.");
        }

        List<string> written = errors.Require(options.TrustedProxies, $"{path}.trusted_proxies", "[\"10.0.0.0/8\"]") ?? [];
        if (options.TrustedProxies is { Count: 0 })
        {
            errors.Add($"{path}.trusted_proxies", ConfigurationCode.OutOfRange, "is empty. Without a listed proxy the header is never believed.");
        }

        List<IPNetwork> networks = [];
        for (int index = 0; index < written.Count; index++)
        {
            if (!written[index].Contains('/', StringComparison.Ordinal) || !IPNetwork.TryParse(written[index], out IPNetwork network))
            {
                errors.Add($"{path}.trusted_proxies[{index}]", ConfigurationCode.BadAddress, "is not a network. Write address and length, for example '10.0.0.0/8' or '192.0.2.7/32', with zeros behind the length.");
            }
            else if (network.PrefixLength == 0)
            {
                errors.Add($"{path}.trusted_proxies[{index}]", ConfigurationCode.BadAddress, "is the network of all addresses: everyone could set the header. List the proxies.");
            }
            else
            {
                networks.Add(network);
            }
        }

        return errors.AnyAt(path) ? null : new HeaderSource(name!, networks);
    }
}

/// <summary>The address of the connection: the last resort. Users behind one address share one budget.</summary>
internal sealed record ClientAddressSource : UserKeySource;
