using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Says what kind of call this is and holds its body to the limit, before anything is spent.</summary>
internal sealed class CallMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallPolicy>() is not { } policy)
        {
            return next(context);
        }

        if (policy.Role is RouteRole.Blocked)
        {
            return context.WriteProblemAsync(GatewayProblem.NotFound);
        }

        var call = CallFeature.Of(policy, context);
        context.Features.Set(call);
        if (context.Request.ContentLength > call.MaxBodyBytes)
        {
            return context.WriteProblemAsync(GatewayProblem.PayloadTooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = call.MaxBodyBytes;
        }

        return next(context);
    }
}
