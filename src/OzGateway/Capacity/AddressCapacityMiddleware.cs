using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OzGateway.Telemetry;

namespace OzGateway.Capacity;

/// <summary>Asks for the capacities of an address, before anybody's token is looked at: to verify tokens costs more than to count, and a flood of bad ones has no user.</summary>
internal sealed class AddressCapacityMiddleware(RequestDelegate next, CapacityPlan plan, GatewayMetrics metrics)
{
    private readonly PartitionedRateLimiter<Use> _limiter = PartitionedRateLimiter.Create<Use, CapacityShare>(use => CapacityPartitions.Of(use.Context, use.Policy));

    public Task InvokeAsync(HttpContext context) => plan.AnyByAddress ? AcquireAsync(context) : next(context);

    private async Task AcquireAsync(HttpContext context)
    {
        CapacityPolicy?[] policies = [CallCapacity.Floods(context, plan), CallCapacity.Uploads(context, plan), CallCapacity.OfRoute(context)];
        List<RateLimitLease> leases = new(policies.Length);
        try
        {
            foreach (var policy in policies)
            {
                if (policy is not { IsByAddress: true })
                {
                    continue;
                }

                var lease = _limiter.AttemptAcquire(new Use(context, policy));
                leases.Add(lease);
                if (!lease.IsAcquired)
                {
                    await CapacityLimits.RejectAsync(new OnRejectedContext { HttpContext = context, Lease = lease }, metrics, policy);
                    return;
                }
            }

            await next(context); // what is shared by calls at once is held until here
        }
        finally
        {
            leases.ForEach(lease => lease.Dispose());
        }
    }

    private readonly record struct Use(HttpContext Context, CapacityPolicy Policy);
}
