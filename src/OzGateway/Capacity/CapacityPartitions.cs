using System.Threading.RateLimiting;
using OzGateway.Identity;

namespace OzGateway.Capacity;

/// <summary>Which calls share one of the framework's limiters.</summary>
internal static class CapacityPartitions
{
    /// <summary>The partition of a call under a policy; without a policy there is no limit.</summary>
    public static RateLimitPartition<CapacityShare> Of(HttpContext context, CapacityPolicy? policy) => policy is null
        ? RateLimitPartition.GetNoLimiter(new CapacityShare("", null))
        : RateLimitPartition.Get(new CapacityShare(policy.Name, Sharer(context, policy.Per)), policy.Limiter);

    private static object? Sharer(HttpContext context, CapacityScope scope)
    {
        var identity = context.Features.Get<UserKeyFeature>();
        return scope switch
        {
            CapacityScope.All => null,
            CapacityScope.Caller when identity?.Ticket is { } ticket => ticket.Transaction,
            CapacityScope.Caller or CapacityScope.User when identity is not null => identity.User,
            CapacityScope.Caller or CapacityScope.User or CapacityScope.Address => ClientAddress.NetworkOf(context),
            _ => throw new InvalidOperationException($"Capacity scope '{scope}' has no partition."),
        };
    }
}
