using Microsoft.Net.Http.Headers;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Edge;

/// <summary>Holds calls to the pages that may make them, answers preflights, and tells browsers how to treat our answers.</summary>
internal sealed partial class BrowserMiddleware(RequestDelegate next, GatewayMetrics metrics, ILogger<BrowserMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        if (endpoint?.GetMetadata<BrowserPolicy>() is not { } policy)
        {
            return next(context);
        }

        var isFile = endpoint.GetMetadata<CallPolicy>()?.Role is RouteRole.Static;
        var origin = CallOrigins.Of(context.Request, policy);
        context.Response.OnStarting(static state => ((BrowserAnswer)state).WriteAsync(), new BrowserAnswer(context, policy, origin, isFile));
        if (IsPreflight(context.Request))
        {
            return origin is CallOrigin.Listed ? AllowAsync(context, policy) : RefuseAsync(context, GatewayProblem.OriginRefused);
        }

        // Files of the plugin are public: a page that may not call can load them, and read nothing.
        if (origin is CallOrigin.Foreign && !isFile)
        {
            return RefuseAsync(context, GatewayProblem.OriginRefused);
        }

        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        return changes && endpoint.GetMetadata<ForPageScripts>() is not null && !CallOrigins.IsOfScript(context.Request)
            ? RefuseAsync(context, GatewayProblem.PageHeaderMissing)
            : next(context);
    }

    // Routing has matched the path with the method that is asked for: what is not routed has no preflight.
    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);

    private static Task AllowAsync(HttpContext context, BrowserPolicy policy)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = context.Request.Headers.AccessControlRequestMethod;
        headers.AccessControlAllowHeaders = policy.AllowedHeaders;
        headers.AccessControlMaxAge = ((long)policy.MaxAge.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task RefuseAsync(HttpContext context, GatewayProblem problem)
    {
        var reason = ProblemTable.Of(problem).Code;
        metrics.Refused(reason);
        Log.PageRefused(logger, RouteName.Of(context), reason);
        return context.WriteProblemAsync(problem);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.PageRefused, LogLevel.Information, "A page may not call route {Route}: {Reason}.", EventName = nameof(PageRefused))]
        internal static partial void PageRefused(ILogger logger, string route, string reason);
    }
}
