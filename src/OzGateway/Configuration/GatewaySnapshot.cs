using OzGateway.Attempts;
using OzGateway.Capacity;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Hosting;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Redis;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using OzGateway.Verdicts;

namespace OzGateway.Configuration;

/// <summary>Everything the configuration means, at one revision. Immutable; a request lives its whole life under one snapshot.</summary>
internal sealed record GatewaySnapshot
{
    /// <summary>1 for the first, one more for each applied change.</summary>
    public required int Revision { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>Doors, drain, audit.</summary>
    public required HostingPolicy Hosting { get; init; }

    /// <summary>How the gateway is seen.</summary>
    public required TelemetryPolicy Telemetry { get; init; }

    /// <summary>Whose request it is, on every endpoint that asks.</summary>
    public required UserKeyPolicy UserKey { get; init; }

    /// <summary>Which pages may call, on every endpoint of the public door.</summary>
    public required BrowserPolicy Browser { get; init; }

    /// <summary>The transaction policy of the transactions endpoints (the default of all routes).</summary>
    public required TransactionPolicy Transaction { get; init; }

    /// <summary>Oz API, or null: verdicts are then not available.</summary>
    public OzApiPolicy? OzApi { get; init; }

    /// <summary>The Redis that all replicas share, or null: attempts are then counted by each process for itself.</summary>
    public RedisPolicy? Redis { get; init; }

    /// <summary>How much this process may remember of attempts.</summary>
    public required AttemptStorePolicy AttemptStore { get; init; }

    /// <summary>The capacities that no route has to name.</summary>
    public required CapacityPlan Capacity { get; init; }

    /// <summary>Who may do more at the admin door than probe.</summary>
    public required AdminKeyPolicy AdminKeys { get; init; }

    /// <summary>What makes a check a success, and how the backend is answered.</summary>
    public required VerdictPolicy Verdicts { get; init; }

    /// <summary>Who may ask for verdicts.</summary>
    public required BackendPolicy Backend { get; init; }

    /// <summary>The budgets of attempts.</summary>
    public AttemptBudgets Budgets => AttemptBudgets.Of([.. Routes.Select(route => route.Attempts)]);

    /// <summary>All routes of the public door, in order.</summary>
    public required IReadOnlyList<RoutePolicy> Routes { get; init; }

    /// <summary>Sentences an operator should read: every <c>none</c>, every <c>dangerous_</c> key, ephemeral keys.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
