using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Serves the exact spelling of a routed path only; all else is not there.</summary>
internal sealed class RoutedPathMiddleware(RequestDelegate next, EdgeRefusals refusals)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return next(context);
        }

        var role = endpoint.Metadata.GetMetadata<CallPolicy>()?.Role;
        return role is not RouteRole.Blocked
            && RoutedPath.Refuse(endpoint.RoutePattern, context.Request.RouteValues, context.Request.Path.Value ?? "", role is RouteRole.Static) is { } refusal
            ? refusals.AnswerAsync(context, refusal, GatewayProblem.NotFound)
            : next(context);
    }
}
