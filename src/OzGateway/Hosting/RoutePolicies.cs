using OzGateway.Capacity;
using OzGateway.Edge;
using OzGateway.Forwarding;

namespace OzGateway.Hosting;

/// <summary>Puts the policies of a route on its endpoint: what was matched is what a request lives under.</summary>
internal static class RoutePolicies
{
    /// <summary>Adds the policies of each proxied route.</summary>
    public static ReverseProxyConventionBuilder WithRoutePolicies(this ReverseProxyConventionBuilder builder, ForwardingPlan plan)
    {
        builder.ConfigureEndpoints((endpoint, route) =>
        {
            var policy = plan.PolicyOf(route);
            object?[] policies =
            [
                // A preflight asks on behalf of a method: it belongs to the route of that method, and is answered there.
                new HttpMethodMetadata(policy.Methods, acceptCorsPreflight: true),
                new RouteName(policy.Id), policy.Call, policy.Upstream, policy.UserKey, policy.Attempts, policy.Transaction, .. policy.Further,
            ];
            endpoint.WithMetadata([.. policies.OfType<object>()]);
        });
        builder.RequireRateLimiting(CapacityLimits.PolicyName);
        return builder;
    }
}
