using OzGateway.Attempts;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Transactions;

namespace OzGateway.Forwarding;

/// <summary>One route of the public door with the policies of rooms that Forwarding may know. What later rooms need travels in <see cref="Further"/>.</summary>
internal sealed record RoutePolicy
{
    /// <summary>Unique id, <c>[a-z0-9_-]{1,64}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Path patterns of ASP.NET Core routing.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Upper-case methods. At least one.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Where the route leads; null on a blocked route.</summary>
    public UpstreamPolicy? Upstream { get; init; }

    /// <summary>How its calls are classified.</summary>
    public required CallPolicy Call { get; init; }

    /// <summary>Who its user is; null where no user is needed.</summary>
    public UserKeyPolicy? UserKey { get; init; }

    /// <summary>The attempts of its submissions; null where none count.</summary>
    public AttemptPolicy? Attempts { get; init; }

    /// <summary>The transaction of its submissions; null where there is none.</summary>
    public TransactionPolicy? Transaction { get; init; }

    /// <summary>Policies of rooms later on the journey (projection, session answers, capacity), carried to the endpoint unread.</summary>
    public required IReadOnlyList<object> Further { get; init; }
}
