using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Says what kind of call this is and holds its body to the limit, before anything is spent.</summary>
internal sealed class CallMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallPolicy>() is not { } policy)
        {
            await next(context);
            return;
        }

        if (policy.Role is RouteRole.Blocked)
        {
            await context.WriteProblemAsync(GatewayProblem.NotFound);
            return;
        }

        var call = CallFeature.Of(policy, context);
        context.Features.Set(call);
        if (context.Request.ContentLength > call.MaxBodyBytes)
        {
            await context.WriteProblemAsync(GatewayProblem.PayloadTooLarge);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = call.MaxBodyBytes;
        }

        await next(context);
    }
}
