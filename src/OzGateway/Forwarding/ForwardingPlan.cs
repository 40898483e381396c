using System.Collections.Frozen;
using System.Globalization;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace OzGateway.Forwarding;

/// <summary>The routes of one revision, as YARP reads them, and the policies that belong to each.</summary>
internal sealed class ForwardingPlan
{
    /// <summary>Route metadata: the revision. Without it YARP keeps the endpoint, and with it the old policies, when only a policy changes.</summary>
    public const string RevisionKey = "ozgateway.revision";

    private readonly FrozenDictionary<string, RoutePolicy> _policies;

    /// <summary>Translates the routes of a snapshot. Path patterns of one route become one YARP route each.</summary>
    public ForwardingPlan(int revision, IReadOnlyList<RoutePolicy> routes, string publicPrefix)
    {
        PublicPrefix = publicPrefix;
        var policies = new Dictionary<string, RoutePolicy>(StringComparer.Ordinal);
        var yarpRoutes = new List<RouteConfig>();
        foreach (var route in routes)
        {
            for (var index = 0; index < route.Paths.Count; index++)
            {
                var id = $"{route.Id}#{index.ToString(CultureInfo.InvariantCulture)}";
                policies.Add(id, route);
                yarpRoutes.Add(RouteOf(id, route, publicPrefix + route.Paths[index], revision));
            }
        }

        _policies = policies.ToFrozenDictionary(StringComparer.Ordinal);
        Routes = yarpRoutes;
        Clusters = [.. routes.Select(route => route.Upstream).OfType<UpstreamPolicy>().DistinctBy(upstream => upstream.Name).Select(ClusterOf)];
        Upstreams = routes.Select(route => route.Upstream).OfType<UpstreamPolicy>().DistinctBy(upstream => upstream.Name)
            .ToFrozenDictionary(upstream => upstream.Name, StringComparer.Ordinal);
    }

    /// <summary>Routes as YARP reads them. A blocked route has no cluster: the edge ends it before forwarding.</summary>
    public IReadOnlyList<RouteConfig> Routes { get; }

    /// <summary>Clusters as YARP reads them: one per upstream.</summary>
    public IReadOnlyList<ClusterConfig> Clusters { get; }

    /// <summary>Path of everything on the public door; empty for none.</summary>
    public string PublicPrefix { get; }

    /// <summary>Upstreams by name.</summary>
    public FrozenDictionary<string, UpstreamPolicy> Upstreams { get; }

    /// <summary>The policies of a YARP route.</summary>
    public RoutePolicy PolicyOf(RouteConfig route) => _policies[route.RouteId];

    /// <summary>The upstream of a YARP route.</summary>
    public UpstreamPolicy UpstreamOf(RouteConfig route) => Upstreams[route.ClusterId!];

    private static RouteConfig RouteOf(string id, RoutePolicy route, string path, int revision) => new()
    {
        RouteId = id,
        ClusterId = route.Upstream?.Name,
        Match = new RouteMatch { Path = path, Methods = route.Methods },
        Metadata = new Dictionary<string, string> { [RevisionKey] = revision.ToString(CultureInfo.InvariantCulture) },
    };

    private static ClusterConfig ClusterOf(UpstreamPolicy upstream) => new()
    {
        ClusterId = upstream.Name,
        Destinations = upstream.Destinations
            .Select((address, index) => (Name: index.ToString(CultureInfo.InvariantCulture), address))
            .ToDictionary(pair => pair.Name, pair => new DestinationConfig { Address = pair.address.AbsoluteUri.TrimEnd('/') + upstream.Prefix }),
        HealthCheck = new HealthCheckConfig { Active = ProbesOf(upstream.Health.Probe) },
        HttpRequest = new ForwarderRequestConfig
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            // The deadline of the call, which tells its phases apart, ends it earlier.
            ActivityTimeout = TimeSpan.FromDays(1),
        },
    };

    private static ActiveHealthCheckConfig? ProbesOf(ProbePolicy? probe) => probe is null ? null : new()
    {
        Enabled = true,
        Policy = ProbeResults.PolicyName,
        Path = probe.Path,
        Interval = probe.Interval,
        Timeout = probe.Timeout,
    };
}
