using OzGateway.Attempts;
using OzGateway.Capacity;
using OzGateway.Configuration.Reading;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Hosting;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Problems;
using OzGateway.Projection;
using OzGateway.Redis;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using OzGateway.Verdicts;

namespace OzGateway.Configuration;

/// <summary>Options to policies to a snapshot. Creating the policies is the validation; nothing stops at the first error.</summary>
/// <param name="positions">What the file itself says.</param>
/// <param name="secrets">Fetches secrets.</param>
/// <param name="now">The time certificates must be valid at.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class SnapshotBuilder(Positions positions, SecretReader secrets, DateTimeOffset now, ConfigurationErrors errors)
{
    private const string Adapter = "web_adapter";
    private const string TransactionIdKey = "transaction_id";

    /// <summary>Builds a snapshot without revision, hash and warnings; null where there are errors.</summary>
    /// <param name="options">The file as written.</param>
    public GatewaySnapshot? Build(GatewayOptions options)
    {
        OptionRanges.Check(options, "", errors);
        errors.Require(options.Version, "version", "1");
        GatewayOptions known = EmbeddedDefaults.ReadWebAdapter();
        Dictionary<string, UpstreamPolicy?> upstreams = CreateUpstreams(options);
        HostingPolicy? hosting = HostingPolicy.Create(new HostingOptions(options.Doors ?? new(), options.Drain ?? new(), options.Audit ?? new(), options.Transaction?.Path, options.PublicPrefix), new TlsMaterialReader(secrets, now), errors);
        TransactionPolicy? transaction = TransactionPolicy.Create(options.Transaction ?? new(), "transaction", errors);
        RouteSurroundings surroundings = new()
        {
            Options = options,
            Upstreams = upstreams,
            Capacities = CreateCapacities(options, known),
            Call = CallPolicy.Create(options.Limits ?? new(), "limits", errors),
            UserKey = CreateUserKey(options, known)?.Behind(hosting?.Doors[Door.Public].Proxies ?? TrustedProxies.None),
            Attempts = AttemptPolicy.Create(options.Attempts ?? new(), "attempts", "default", errors),
            Transaction = transaction,
            Projection = ProjectionPolicy.Create(options.Projection ?? new(), "projection", EmbeddedDefaults.ReadSensitiveMembers(), errors),
            SessionAnswers = SessionAnswerPolicy.Create(options.Projection ?? new(), "projection", errors),
            Sensitive = EmbeddedDefaults.ReadSensitiveMembers(),
        };
        transaction?.CheckTokens(surroundings.UserKey, "transaction", errors);
        OzApiPolicy? ozApi = CreateOzApi(options, transaction);
        BackendPolicy backend = CreateBackend(options.Doors?.Backend ?? new());
        VerdictPolicy? verdicts = VerdictPolicy.Create(options.Verdicts ?? new(), secrets, errors);
        RedisPolicy? redis = CreateRedis(options);
        AttemptStorePolicy store = AttemptStorePolicy.Create(options.Store?.Memory ?? new(), "store.memory", errors);
        AdminKeyPolicy admin = AdminKeyPolicy.Create(options.Doors?.Admin?.Keys, secrets, errors);
        IReadOnlyList<RoutePolicy?> routes = CreateRoutes(options, known, surroundings);
        BrowserPolicy? browser = CreateBrowser(options, known);
        CheckCertificates(options, hosting);
        return errors.Any ? null : new GatewaySnapshot
        {
            Revision = 0,
            Hash = "",
            Hosting = hosting!,
            Telemetry = TelemetryPolicy.Create(options.Telemetry ?? new()),
            UserKey = surroundings.UserKey!,
            Browser = browser!,
            Transaction = transaction!,
            OzApi = ozApi,
            Redis = redis,
            AttemptStore = store,
            Backend = backend,
            Capacity = CapacityPlan.Of(surroundings.Capacities),
            AdminKeys = admin,
            Verdicts = verdicts!,
            Routes = [.. routes.OfType<RoutePolicy>()],
            Warnings = [],
        };
    }

    private Dictionary<string, UpstreamPolicy?> CreateUpstreams(GatewayOptions options)
    {
        UpstreamsOptions written = errors.Require(options.Upstreams, "upstreams", "{ web_adapter: { destinations: [\"http://host:8080\"] } }") ?? [];
        if (options.Upstreams is not null && options.Routes is null && !written.ContainsKey(Adapter))
        {
            errors.Add($"upstreams.{Adapter}", ConfigurationCode.Missing, "is missing: the embedded routes lead there. Write it, or name routes of your own.");
        }

        return written.ToDictionary(entry => entry.Key, entry => UpstreamPolicy.Create(entry.Value, entry.Key, secrets, errors));
    }

    private UserKeyPolicy? CreateUserKey(GatewayOptions options, GatewayOptions known)
    {
        string? script = StaticRoutes(options, known).SelectMany(route => route.Match?.Paths ?? []).FirstOrDefault(path => !path.Contains('{', StringComparison.Ordinal));
        UserKeyOptions? written = errors.Require(options.UserKey, "user_key", "{ sources: [...] }");
        UserKeyPolicy? policy = written is null ? null : UserKeyPolicy.Create(written, script, secrets, errors);
        return policy is null ? null : policy.WithClaims(ClaimsOf(options)) with { Ticket = policy.Ticket with { PublicPrefix = options.PublicPrefix ?? "" } };
    }

    private static string[] ClaimsOf(GatewayOptions options) =>
        [.. (options.Routes ?? []).Select(route => route.Transaction?.Section).Append(options.Transaction).SelectMany(transaction => transaction?.Claims?.Values.AsEnumerable() ?? []).Distinct(StringComparer.Ordinal)];

    // A certificate names a user only where the door asks for one and judges it.
    private void CheckCertificates(GatewayOptions options, HostingPolicy? hosting)
    {
        List<UserKeySourceOptions> sources = options.UserKey?.Sources ?? [];
        int index = sources.FindIndex(source => source.Mtls is not null);
        if (index >= 0 && hosting is not null && hosting.Doors[Door.Public].Tls?.ClientCertificate is null)
        {
            errors.Add($"user_key.sources[{index}].mtls", ConfigurationCode.BadSources, "names nobody: the public door asks for no certificates. Write also doors.public.tls and doors.public.client_certificate.");
        }
    }

    private BrowserPolicy? CreateBrowser(GatewayOptions options, GatewayOptions known) =>
        BrowserPolicy.Create(options.Browser ?? new(), "browser", [.. StaticRoutes(options, known).Select(route => route.Id).OfType<string>()], errors);

    private static IEnumerable<RouteOptions> StaticRoutes(GatewayOptions options, GatewayOptions known) =>
        (options.Routes ?? known.Routes!).Where(route => route.Role is RouteRole.Static);

    private RedisPolicy? CreateRedis(GatewayOptions options)
    {
        if (options.Store?.Redis is not { } redis)
        {
            return null;
        }

        if (options.UserKey is { HmacKey: null })
        {
            errors.Add("user_key.hmac_key", ConfigurationCode.Missing, "is missing: replicas that share a Redis must know a user by the same key. Write for example 'hmac_key: { from_file: /run/secrets/user_key }'.");
        }

        return RedisPolicy.Create(redis, "store.redis", secrets, errors);
    }

    private OzApiPolicy? CreateOzApi(GatewayOptions options, TransactionPolicy? transaction)
    {
        if (options.Upstreams?.OzApi is { } ozApi)
        {
            return OzApiPolicy.Create(ozApi, transaction?.TransactionKey ?? TransactionIdKey, secrets, errors);
        }

        errors.Warn("upstreams", ConfigurationCode.NotAvailable, "has no oz_api: verdicts are not_available.");
        return null;
    }

    private BackendPolicy CreateBackend(BackendDoorOptions door)
    {
        BackendPolicy backend = BackendPolicy.Create(door.Keys, door.Certificates, secrets, errors);
        if (door.Certificates is not null && (door.ClientCertificate is null or { Mode: ClientCertificateMode.None }))
        {
            errors.Add("doors.backend.certificates", ConfigurationCode.Contradiction, "name certificates that nobody is asked for. Write client_certificate beside it.");
        }

        return backend;
    }

    private Dictionary<string, CapacityPolicy?> CreateCapacities(GatewayOptions options, GatewayOptions known)
    {
        Dictionary<string, CapacityOptions> all = new(known.Capacity!);
        foreach ((string name, CapacityOptions capacity) in options.Capacity ?? [])
        {
            all[name] = capacity;
        }

        return all.ToDictionary(entry => entry.Key, entry => CapacityPolicy.Create(entry.Value, entry.Key, errors));
    }

    private List<RoutePolicy?> CreateRoutes(GatewayOptions options, GatewayOptions known, RouteSurroundings surroundings)
    {
        if (options.Routes is { Count: 0 })
        {
            errors.Add("routes", ConfigurationCode.OutOfRange, "is empty: every path would be 404. Leave it out for the embedded routes of the known adapter.");
        }

        if (options.Routes is null && (!surroundings.Upstreams.ContainsKey(Adapter) || errors.AnyAt("routes")))
        {
            return [];
        }

        RouteReader reader = new(surroundings, positions, errors);
        List<RouteOptions> written = options.Routes ?? known.Routes!;
        List<RoutePolicy?> routes = [.. written.Select((route, index) => reader.Read(route, $"routes[{index}]"))];
        RouteTwins.Check(written, errors);
        return routes;
    }
}
