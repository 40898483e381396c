using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace OzGateway.Forwarding;

/// <summary>Hands the plan to YARP.</summary>
internal sealed class GatewayProxyConfigProvider(ForwardingPlan plan) : IProxyConfigProvider
{
    private readonly ProxyConfig _config = new(plan);

    /// <inheritdoc />
    public IProxyConfig GetConfig() => _config;

    private sealed class ProxyConfig(ForwardingPlan plan) : IProxyConfig
    {
        public IReadOnlyList<RouteConfig> Routes => plan.Routes;

        public IReadOnlyList<ClusterConfig> Clusters => plan.Clusters;

        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
    }
}
