using System.Threading.RateLimiting;
using OzGateway.Identity;

namespace OzGateway.Capacity;

/// <summary>Which calls share one of the framework's limiters.</summary>
internal static class CapacityPartitions
{
    /// <summary>The partition of a call under a policy; without a policy there is no limit.</summary>
    public static RateLimitPartition<string> Of(HttpContext context, CapacityPolicy? policy)
    {
        if (policy is null)
        {
            return RateLimitPartition.GetNoLimiter(string.Empty);
        }

        var key = $"{policy.Name} {Sharer(context, policy.Per)}";
        return policy.IsConcurrency
            ? RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = policy.PermitLimit, QueueLimit = 0 })
            : RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = policy.PermitLimit,
                Window = policy.Window,
                QueueLimit = 0,
                AutoReplenishment = true,
            });
    }

    private static string Sharer(HttpContext context, CapacityScope scope)
    {
        var identity = context.Features.Get<UserKeyFeature>();
        return scope switch
        {
            CapacityScope.All => "all",
            CapacityScope.Caller when identity?.Ticket is { } ticket => $"ticket {ticket.Transaction.Text}",
            CapacityScope.Caller or CapacityScope.User when identity is not null => $"user {identity.User.Pseudonym}",
            CapacityScope.Caller or CapacityScope.User or CapacityScope.Address => $"address {ClientAddress.NetworkOf(context)}",
            _ => throw new InvalidOperationException($"Capacity scope '{scope}' has no partition."),
        };
    }
}
