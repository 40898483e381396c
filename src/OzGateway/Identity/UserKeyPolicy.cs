using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Identity;

/// <summary>Whose request it is: the sources that may name a user, in order, and the keys that hash and sign.</summary>
internal sealed record UserKeyPolicy
{
    private const string Path = "user_key";

    /// <summary>The secrets of <c>user_key.hmac_key</c> and of those it replaced.</summary>
    public required WatchedSecrets<GatewayKeys> Ring { get; init; }

    /// <summary>The keys derived from them, as their files were a moment ago.</summary>
    public GatewayKeys Keys => Ring.Value;

    /// <summary>How a ticket travels.</summary>
    public required TicketPolicy Ticket { get; init; }

    /// <summary>Verified sources of a user, first present and valid one wins. At least one.</summary>
    public required IReadOnlyList<UserKeySource> Sources { get; init; }

    /// <summary>How a client's address is read where it may name a user; null where it may not.</summary>
    public ClientAddressSource? Address => Sources is [.., ClientAddressSource last] ? last : null;

    /// <summary>Whether any secret here can change.</summary>
    public bool HasSecretFiles => Ring.HasFiles || TokenKeys.Any(key => key.HasFiles);

    private IEnumerable<WatchedSecrets<JwtKey>> TokenKeys => Sources.OfType<JwtClaimSource>().Select(source => source.Key).OfType<WatchedSecrets<JwtKey>>();

    /// <summary>Looks at the files of all secrets here once, and says what came of it.</summary>
    public IEnumerable<(SecretKind Kind, SecretLook Look)> LookAtSecrets() =>
        TokenKeys.Select(key => (SecretKind.TokenKey, key.Look())).Prepend((SecretKind.UserKeys, Ring.Look()));

    /// <summary>Whether every user comes with a token, the ticket aside.</summary>
    public bool HasClaims => Sources.All(source => source is JwtClaimSource);

    /// <summary>The same, with claims that are read from tokens besides.</summary>
    /// <param name="claims">Their names.</param>
    public UserKeyPolicy WithClaims(IReadOnlyList<string> claims) =>
        claims.Count == 0 ? this : this with { Sources = [.. Sources.Select(source => source is JwtClaimSource token ? token with { Claims = claims } : source)] };

    /// <summary>How a client's address is read for everything else that goes by it.</summary>
    public ClientAddressSource Client { get; private init; } = ClientAddressSource.Default;

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="script">Path of the plugin's script by the routes, or null.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static UserKeyPolicy? Create(UserKeyOptions options, string? script, SecretReader secrets, ConfigurationErrors errors)
    {
        WatchedSecrets<GatewayKeys> ring = KeyRing.Create(options, Path, secrets, errors);
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
        TicketPolicy? policy = TicketPolicy.Create(ticket, $"{Path}.sources[{written.FindIndex(source => source.Ticket is not null)}].ticket", script, errors);
        return errors.AnyAt(Path) || policy is null ? null : new UserKeyPolicy { Ring = ring, Ticket = policy, Sources = sources };
    }

    /// <summary>The same behind the proxies of a door: they name the client also where <c>client_address</c> lists none of its own.</summary>
    /// <param name="proxies">The proxies.</param>
    public UserKeyPolicy Behind(TrustedProxies proxies)
    {
        UserKeySource[] sources = [.. Sources.Select(source => source is ClientAddressSource { Proxies.Networks.Count: 0 } address ? address with { Proxies = proxies } : source)];
        return this with { Sources = sources, Client = sources is [.., ClientAddressSource last] ? last : ClientAddressSource.Default with { Proxies = proxies } };
    }

    private static UserKeySource? CreateSource(UserKeySourceOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        object?[] kinds = [options.Ticket, options.JwtClaim, options.Header, options.Mtls, options.ClientAddress];
        if (kinds.Count(kind => kind is not null) != 1)
        {
            errors.Add(path, ConfigurationCode.ExactlyOne, "needs exactly one of ticket, jwt_claim, header, mtls and client_address. Begin a new '- ' for each source.");
            return null;
        }

        return options.JwtClaim is not null ? JwtClaimSource.Create(options.JwtClaim, $"{path}.jwt_claim", secrets, errors)
            : options.Header is not null ? HeaderSource.Create(options.Header, $"{path}.header", errors)
            : options.Mtls is not null ? MtlsSource.Create(options.Mtls, $"{path}.mtls", errors)
            : options.ClientAddress is not null ? ClientAddressSource.Create(options.ClientAddress, $"{path}.client_address", errors)
            : null;
    }

    private static void CheckOrder(List<UserKeySourceOptions> sources, ConfigurationErrors errors)
    {
        if (sources.TrueForAll(source => source.Ticket is not null))
        {
            errors.Add($"{Path}.sources", ConfigurationCode.BadSources, "names nobody: a ticket names only a user who was known before. Add jwt_claim, header, mtls or client_address.");
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
