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

/// <summary>One place a verified user may come from.</summary>
internal abstract record UserKeySource;

/// <summary>The address of the connection: the last resort. Users behind one address share one budget.</summary>
internal sealed record ClientAddressSource : UserKeySource;
