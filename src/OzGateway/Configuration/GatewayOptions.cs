using System.ComponentModel.DataAnnotations;
using OzGateway.Attempts;
using OzGateway.Audit;
using OzGateway.Capacity;
using OzGateway.Edge;
using OzGateway.Hosting;
using OzGateway.Identity;
using OzGateway.Projection;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using OzGateway.Verdicts;

namespace OzGateway.Configuration;

/// <summary>The whole file.</summary>
internal sealed class GatewayOptions
{
    /// <summary>Version of this format.</summary>
    [Required]
    [Range(1, 1)]
    public int? Version { get; set; }

    /// <summary>The servers behind the gateway.</summary>
    [Required]
    public UpstreamsOptions? Upstreams { get; set; }

    /// <summary>Whose request it is.</summary>
    [Required]
    public UserKeyOptions? UserKey { get; set; }

    /// <summary>The ports of the gateway. Changed by a restart only.</summary>
    public DoorsOptions? Doors { get; set; }

    /// <summary>Where attempts are counted. Changed by a restart only.</summary>
    public StoreOptions? Store { get; set; }

    /// <summary>Path under which everything on the public door lives, for example <c>/liveness</c>. The paths of routes and of the transactions endpoints are written without it. Changed by a restart only.</summary>
    /// <value>none</value>
    public string? PublicPrefix { get; set; }

    /// <summary>How many attempts a user has.</summary>
    public AttemptOptions? Attempts { get; set; }

    /// <summary>How a transaction is issued, how long it lives, where its id goes.</summary>
    public TransactionOptions? Transaction { get; set; }

    /// <summary>What makes a check a success, and how the backend is answered.</summary>
    public VerdictOptions? Verdicts { get; set; }

    /// <summary>What of an answer may leave.</summary>
    public ProjectionOptions? Projection { get; set; }

    /// <summary>Named limits of calls, for routes to name. Three hold without being named: <c>uploads</c> (submissions in flight), <c>floods</c> (all calls at the public door, by address) and <c>issuing</c> (the transactions endpoints). The embedded ones stay unless they are written: <c>polls</c> 240 in 1m, <c>telemetry</c> 60000 in 1m for all, <c>issuing</c> 120 in 1m, <c>uploads</c> 512 at once.</summary>
    public Dictionary<string, CapacityOptions>? Capacity { get; set; }

    /// <summary>Which pages may call, and what browsers are told.</summary>
    public BrowserOptions? Browser { get; set; }

    /// <summary>Largest bodies of calls.</summary>
    public LimitsOptions? Limits { get; set; }

    /// <summary>How the gateway is seen.</summary>
    public TelemetryOptions? Telemetry { get; set; }

    /// <summary>Where the audit trail goes. Changed by a restart only.</summary>
    public AuditOptions? Audit { get; set; }

    /// <summary>How the process ends. Changed by a restart only.</summary>
    public DrainOptions? Drain { get; set; }

    /// <summary>The routes of the public door. Naming any route replaces the embedded ones of the known adapter.</summary>
    public List<RouteOptions>? Routes { get; set; }
}
