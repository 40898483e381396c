using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Capacity;

/// <summary>The policies of ASP.NET Core's rate limiting middleware: what the endpoint says, and what holds for all of them.</summary>
internal sealed class CapacityLimits(GatewayMetrics metrics) : IRateLimiterPolicy<CapacityShare>
{
    /// <summary>Name under which endpoints require it.</summary>
    public const string PolicyName = "ozgateway.capacity";

    /// <inheritdoc />
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => (rejected, _) => RejectAsync(rejected, metrics, PolicyOf(rejected.HttpContext));

    /// <summary>The limits that hold for all endpoints of the public door: floods, and uploads in flight; null where there are none.</summary>
    public static PartitionedRateLimiter<HttpContext>? ForAll(CapacityPlan plan)
    {
        List<PartitionedRateLimiter<HttpContext>> limiters = [];
        if (plan.Floods is { } floods)
        {
            limiters.Add(PartitionedRateLimiter.Create<HttpContext, CapacityShare>(context => CapacityPartitions.Of(context, IsPublic(context) ? floods : null)));
        }

        if (plan.Uploads is { } uploads)
        {
            limiters.Add(PartitionedRateLimiter.Create<HttpContext, CapacityShare>(context => CapacityPartitions.Of(context, IsSubmission(context) ? uploads : null)));
        }

        return limiters switch { [] => null, [var only] => only, _ => PartitionedRateLimiter.CreateChained([.. limiters]) };
    }

    /// <summary>What happens where one of those refuses.</summary>
    public static ValueTask RejectAsync(OnRejectedContext rejected, GatewayMetrics metrics, CapacityPlan plan)
    {
        // A limit of calls in a time names the wait, one of calls at once cannot: so the two are told apart where both hold.
        var inTime = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out _);
        return RejectAsync(rejected, metrics, plan.Floods is { } floods && floods.IsConcurrency != inTime ? floods : plan.Uploads);
    }

    /// <inheritdoc />
    public RateLimitPartition<CapacityShare> GetPartition(HttpContext httpContext) => CapacityPartitions.Of(httpContext, PolicyOf(httpContext));

    // A submission is an attempt and counted there: what the route names guards what is not.
    private static CapacityPolicy? PolicyOf(HttpContext context) =>
        IsSubmission(context) ? null : context.GetEndpoint()?.Metadata.GetMetadata<CapacityPolicy>();

    private static bool IsSubmission(HttpContext context) => context.Features.Get<CallFeature>() is { Kind: CallKind.Submission };

    private static bool IsPublic(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata && (metadata.GetMetadata<CallPolicy>() is not null || metadata.GetMetadata<UserKeyPolicy>() is not null);

    private static async ValueTask RejectAsync(OnRejectedContext rejected, GatewayMetrics metrics, CapacityPolicy? policy)
    {
        metrics.CapacityRejected(RouteName.Of(rejected.HttpContext), policy?.Name ?? "none");
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(1);
        await rejected.HttpContext.WriteProblemAsync(GatewayProblem.CapacityExceeded, wait);
    }
}
