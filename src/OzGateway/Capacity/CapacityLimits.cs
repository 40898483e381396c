using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OzGateway.Edge;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Capacity;

/// <summary>
/// The policies of ASP.NET Core's rate limiting middleware: what the endpoint says, and what holds for all of them. Those by address were
/// asked earlier, by <see cref="AddressCapacityMiddleware"/>.
/// </summary>
internal sealed class CapacityLimits(GatewayMetrics metrics) : IRateLimiterPolicy<CapacityShare>
{
    /// <summary>Name under which endpoints require it.</summary>
    public const string PolicyName = "ozgateway.capacity";

    /// <inheritdoc />
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => (rejected, _) => RejectAsync(rejected, metrics, CallCapacity.OfRoute(rejected.HttpContext));

    /// <summary>The limits that hold for all endpoints of the public door: floods, and uploads in flight; null where there are none.</summary>
    public static PartitionedRateLimiter<HttpContext>? ForAll(CapacityPlan plan)
    {
        List<PartitionedRateLimiter<HttpContext>> limiters = [];
        if (Later(plan.Floods) is not null)
        {
            limiters.Add(PartitionedRateLimiter.Create<HttpContext, CapacityShare>(context => CapacityPartitions.Of(context, CallCapacity.Floods(context, plan))));
        }

        if (Later(plan.Uploads) is not null)
        {
            limiters.Add(PartitionedRateLimiter.Create<HttpContext, CapacityShare>(context => CapacityPartitions.Of(context, CallCapacity.Uploads(context, plan))));
        }

        return limiters switch { [] => null, [var only] => only, _ => PartitionedRateLimiter.CreateChained([.. limiters]) };
    }

    /// <summary>What happens where one of those refuses.</summary>
    public static ValueTask RejectAsync(OnRejectedContext rejected, GatewayMetrics metrics, CapacityPlan plan)
    {
        // A limit of calls in a time names the wait, one of calls at once cannot: so the two are told apart where both hold.
        var inTime = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out _);
        return RejectAsync(rejected, metrics, Later(plan.Floods) is { } floods && floods.IsConcurrency != inTime ? floods : plan.Uploads);
    }

    /// <inheritdoc />
    public RateLimitPartition<CapacityShare> GetPartition(HttpContext httpContext) => CapacityPartitions.Of(httpContext, Later(CallCapacity.OfRoute(httpContext)));

    /// <summary>What happens where a policy refuses.</summary>
    public static async ValueTask RejectAsync(OnRejectedContext rejected, GatewayMetrics metrics, CapacityPolicy? policy)
    {
        metrics.CapacityRejected(RouteName.Of(rejected.HttpContext), policy?.Name ?? "none");
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(1);
        await rejected.HttpContext.WriteProblemAsync(GatewayProblem.CapacityExceeded, wait);
    }

    private static CapacityPolicy? Later(CapacityPolicy? policy) => policy is { IsByAddress: false } ? policy : null;
}
