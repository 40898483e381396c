using OzGateway.Telemetry;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace OzGateway.Forwarding;

/// <summary>Nothing is copied by default: both heads are built from allow-lists, and forwarding headers are set anew.</summary>
internal sealed class HeaderTransformProvider(ForwardingPlan plan, CookieWatch cookies, GatewayMetrics metrics, ILogger<StaticAnswerTransform> logger) : ITransformProvider
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
        context.AddOriginalHost(upstream.Host is UpstreamHost.Public);
        AddForwarded(context, upstream.Forwarded);
        context.RequestTransforms.Add(new RequestHeaderTransform(upstream, plan.PublicPrefix));
        var headers = new ResponseHeaderTransform(upstream, plan.PublicPrefix, cookies);
        context.ResponseTransforms.Add(plan.PolicyOf(context.Route).Further.OfType<PluginFilePolicy>().SingleOrDefault() is { } files
            ? new StaticAnswerTransform(files, headers, metrics, logger) : headers);
    }

    private static void AddForwarded(TransformBuilderContext context, UpstreamForwarded forwarded)
    {
        switch (forwarded)
        {
            case UpstreamForwarded.XForwarded:
                context.AddXForwarded(ForwardedTransformActions.Set);
                break;
            case UpstreamForwarded.Forwarded:
                context.AddForwarded(forFormat: NodeFormat.Ip, byFormat: NodeFormat.None, action: ForwardedTransformActions.Set);
                break;
            case UpstreamForwarded.None:
                break;
            default:
                throw new InvalidOperationException($"Forwarding headers '{forwarded}' have no transform.");
        }
    }
}
