using OzGateway.Edge;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>Where the doors are, how the process ends, where the audit trail goes. Changed by a restart only.</summary>
internal sealed record HostingPolicy
{
    private static readonly DoorDefaults PublicDefaults = new("public", "0.0.0.0:8080", 10_000);
    private static readonly DoorDefaults BackendDefaults = new("backend", "0.0.0.0:8081", 1_000);
    private static readonly DoorDefaults AdminDefaults = new("admin", "127.0.0.1:9090", 250);

    // Cutting what is left and writing the last lines takes a moment, and the whole end is promised.
    private static readonly TimeSpan MostForCutting = TimeSpan.FromSeconds(2);

    /// <summary>All three doors.</summary>
    public required IReadOnlyDictionary<Door, DoorPolicy> Doors { get; init; }

    /// <summary>Which hosts are served at the public door.</summary>
    public required HostPolicy Hosts { get; init; }

    /// <summary>What one connection may ask.</summary>
    public required DoorLimitsPolicy Limits { get; init; }

    /// <summary>After SIGTERM: not ready, still serving. 0s to 5m; default 5s.</summary>
    public required TimeSpan DrainNotReady { get; init; }

    /// <summary>After that, until the process has ended. 0s to 10m; default 25s.</summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary>Of the timeout, the part for calls in flight: all but a tenth, and all but 2 s at most.</summary>
    public TimeSpan DrainCalls => DrainTimeout - TimeSpan.FromTicks(Math.Min(MostForCutting.Ticks, DrainTimeout.Ticks / 10));

    /// <summary>What the whole stop is given before the host gives it up: the timeout, or where that is short, time for the cutting.</summary>
    public TimeSpan StopTimeout => TimeSpan.FromTicks(Math.Max(DrainTimeout.Ticks, (DrainCalls + MostForCutting).Ticks));

    /// <summary>File of the audit trail, or null for standard output.</summary>
    public string? AuditFile { get; init; }

    /// <summary>Path of the transactions endpoints on the public door. Default <c>/transactions</c>.</summary>
    public required string TransactionsPath { get; init; }

    /// <summary>Path of everything on the public door. Default empty.</summary>
    public required string PublicPrefix { get; init; }

    /// <summary>The policy that the options mean, or null where they are in error.</summary>
    /// <param name="options">The sections as written.</param>
    /// <param name="material">Reads certificates.</param>
    /// <param name="errors">Where errors go.</param>
    public static HostingPolicy? Create(HostingOptions options, TlsMaterialReader material, ConfigurationErrors errors)
    {
        DoorPolicy? browsers = DoorPolicy.Create(options.Doors.Public ?? new(), PublicDefaults, material, errors);
        DoorPolicy? backend = DoorPolicy.Create(options.Doors.Backend ?? new(), BackendDefaults, material, errors);
        DoorPolicy? admin = DoorPolicy.Create(options.Doors.Admin ?? new(), AdminDefaults, material, errors);
        CheckPorts([(PublicDefaults.Name, browsers), (BackendDefaults.Name, backend), (AdminDefaults.Name, admin)], errors);
        DoorLimitsPolicy limits = DoorLimitsPolicy.Create(options.Doors.Limits ?? new(), errors);
        HostPolicy hosts = HostPolicy.Create(options.Doors.Public?.Hosts, "doors.public.hosts", errors);
        OptionRanges.Check(options.Drain, "drain", errors);
        if (options.Audit.File is { } file && !TextShapes.IsPlain(file))
        {
            errors.Add("audit.file", ConfigurationCode.BadPath, "is not the path of a file.");
        }

        string transactions = options.TransactionsPath ?? "/transactions";
        if (!PathShapes.IsPlain(transactions))
        {
            errors.Add("transaction.path", ConfigurationCode.BadPath, $"is not a plain path. Write for example '/transactions': {PathShapes.PlainRule}.");
        }

        string prefix = options.PublicPrefix ?? "";
        if (options.PublicPrefix is not null && !PathShapes.IsPlain(prefix))
        {
            errors.Add("public_prefix", ConfigurationCode.BadPath, $"is not a plain path. Write for example '/liveness': {PathShapes.PlainRule}.");
        }

        return browsers is null || backend is null || admin is null || errors.Any ? null : new HostingPolicy
        {
            Doors = new Dictionary<Door, DoorPolicy> { [Door.Public] = browsers, [Door.Backend] = backend, [Door.Admin] = admin },
            Hosts = hosts,
            Limits = limits,
            DrainNotReady = options.Drain.NotReady ?? TimeSpan.FromSeconds(5),
            DrainTimeout = options.Drain.Timeout ?? TimeSpan.FromSeconds(25),
            AuditFile = options.Audit.File,
            TransactionsPath = transactions,
            PublicPrefix = prefix,
        };
    }

    private static void CheckPorts((string Name, DoorPolicy? Policy)[] doors, ConfigurationErrors errors)
    {
        for (int index = 1; index < doors.Length; index++)
        {
            int port = doors[index].Policy?.Address.Port ?? 0;
            string? twin = doors.Take(index).FirstOrDefault(earlier => port != 0 && earlier.Policy?.Address.Port == port).Name;
            if (twin is not null)
            {
                errors.Add($"doors.{doors[index].Name}.address", ConfigurationCode.Duplicate, $"has port {port}, as doors.{twin} has. A door is a port: give each its own.");
            }
        }
    }

}
