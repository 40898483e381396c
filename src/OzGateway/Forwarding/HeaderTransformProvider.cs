using OzGateway.Telemetry;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace OzGateway.Forwarding;

/// <summary>Nothing is copied by default: both heads are built from allow-lists, and forwarding headers are set anew.</summary>
internal sealed class HeaderTransformProvider(ForwardingPlan plan, CallHeads heads, GatewayMetrics metrics, ILogger<StaticAnswerTransform> logger) : ITransformProvider
{
    /// <inheritdoc />
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    /// <inheritdoc />
    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    /// <inheritdoc />
    public void Apply(TransformBuilderContext context)
    {
        if (context.Route.ClusterId is null)
        {
            return;
        }

        var upstream = plan.UpstreamOf(context.Route);
        context.CopyRequestHeaders = false;
        context.CopyResponseHeaders = false;
        context.CopyResponseTrailers = false;
        context.UseDefaultForwarders = false;
        context.AddOriginalHost(upstream.Host is UpstreamHost.Public); // by default the proxy takes the name away again
        if (upstream.Forwarded is UpstreamForwarded.Forwarded)
        {
            context.AddForwarded(forFormat: NodeFormat.Ip, byFormat: NodeFormat.None, action: ForwardedTransformActions.Set);
        }

        var (request, answer) = heads.Of(upstream);
        context.RequestTransforms.Add(new RequestHeaderTransform(request));
        var headers = new ResponseHeaderTransform(answer);
        context.ResponseTransforms.Add(plan.PolicyOf(context.Route).Further.OfType<PluginFilePolicy>().SingleOrDefault() is { } files
            ? new StaticAnswerTransform(files, headers, metrics, logger) : headers);
    }
}
