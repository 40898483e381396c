using OzGateway.Edge;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Projection;

/// <summary>A protected route cannot be unprotected by accident: better no answer than one that nobody projected.</summary>
internal sealed partial class ProjectionGuardMiddleware(RequestDelegate next, ILogger<ProjectionGuardMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        if (endpoint?.GetMetadata<ProjectionPolicy>() is not null || endpoint?.GetMetadata<SessionAnswerPolicy>() is not null)
        {
            context.Response.OnStarting(() =>
            {
                if (context.Features.Get<ProjectionFeature>() is null && context.Features.Get<ProblemFeature>() is null)
                {
                    if (context.RequestAborted.IsCancellationRequested)
                    {
                        context.Abort(); // the client has gone, or the end of the program cut it off: nothing was, nothing is written
                        return Task.CompletedTask;
                    }

                    Log.UnprotectedResponse(logger, RouteName.Of(context));
                    context.Abort();
                    throw new InvalidOperationException("A response on a protected route was not projected.");
                }

                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UnprotectedResponse, LogLevel.Critical, "A response on route {Route} was not projected and was cut off before its first byte.", EventName = nameof(UnprotectedResponse))]
        internal static partial void UnprotectedResponse(ILogger logger, string route);
    }
}
