using OzGateway.Attempts;
using OzGateway.Capacity;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Identity;
using OzGateway.Projection;
using OzGateway.Transactions;

namespace OzGateway.Configuration;

/// <summary>What a route may name or inherit. A policy is null where its section is in error.</summary>
internal sealed record RouteSurroundings
{
    /// <summary>The sections as written.</summary>
    public required GatewayOptions Options { get; init; }

    /// <summary>Web Adapters by name.</summary>
    public required IReadOnlyDictionary<string, UpstreamPolicy?> Upstreams { get; init; }

    /// <summary>Limits of calls by name.</summary>
    public required IReadOnlyDictionary<string, CapacityPolicy?> Capacities { get; init; }

    /// <summary>Limits of bodies.</summary>
    public required CallPolicy? Call { get; init; }

    /// <summary>Whose request it is.</summary>
    public required UserKeyPolicy? UserKey { get; init; }

    /// <summary>The attempts of every route that writes none.</summary>
    public required AttemptPolicy? Attempts { get; init; }

    /// <summary>The transaction of every route that writes none.</summary>
    public required TransactionPolicy? Transaction { get; init; }

    /// <summary>The projection of every route that writes none.</summary>
    public required ProjectionPolicy? Projection { get; init; }

    /// <summary>The session answers of every route that writes none.</summary>
    public required SessionAnswerPolicy? SessionAnswers { get; init; }

    /// <summary>Bare names of members that may never be kept.</summary>
    public required IReadOnlySet<string> Sensitive { get; init; }
}
