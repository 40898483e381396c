using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace OzGateway.Forwarding;

/// <summary>Takes what YARP's probes found.</summary>
internal sealed class ProbeResults(DestinationHealth health) : IActiveHealthCheckPolicy
{
    /// <summary>Name by which clusters ask for it.</summary>
    public const string PolicyName = "OzGateway";

    /// <inheritdoc />
    public string Name => PolicyName;

    /// <inheritdoc />
    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults)
    {
        foreach (var result in probingResults)
        {
            health.Probed(cluster.ClusterId, result.Destination, (int?)result.Response?.StatusCode < StatusCodes.Status500InternalServerError);
        }
    }
}
