using OzGateway.Edge;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Projection;

/// <summary>A protected route cannot be unprotected by accident: better no answer than one that nobody projected. Also keeps answers to their step in time.</summary>
internal sealed partial class ProjectionGuardMiddleware(RequestDelegate next, TimeProvider time, ILogger<ProjectionGuardMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        var policy = endpoint?.GetMetadata<ProjectionPolicy>();
        if (policy is not null || endpoint?.GetMetadata<SessionAnswerPolicy>() is not null)
        {
            context.Response.OnStarting(static state => ((Guard)state).BeforeFirstByteAsync(), new Guard(this, context, policy?.Quantise));
        }

        return next(context);
    }

    private sealed class Guard(ProjectionGuardMiddleware owner, HttpContext context, TimeSpan? step)
    {
        private readonly long _start = owner.Time.GetTimestamp();

        public async Task BeforeFirstByteAsync()
        {
            if (context.Features.Get<ProjectionFeature>() is null && context.Features.Get<ProblemFeature>() is null)
            {
                if (context.RequestAborted.IsCancellationRequested)
                {
                    context.Abort(); // the client has gone, or the end of the program cut it off: nothing was, nothing is written
                    return;
                }

                Log.UnprotectedResponse(owner.Logger, RouteName.Of(context));
                context.Abort();
                throw new InvalidOperationException("A response on a protected route was not projected.");
            }

            // How long an answer took could tell what it says: it leaves at the next full step.
            if (step is { } length)
            {
                await Task.Delay(Rest(owner.Time.GetElapsedTime(_start), length), owner.Time, context.RequestAborted);
            }
        }

        private static TimeSpan Rest(TimeSpan elapsed, TimeSpan step) => TimeSpan.FromTicks((step.Ticks - (elapsed.Ticks % step.Ticks)) % step.Ticks);
    }

    private TimeProvider Time => time;

    private ILogger Logger => logger;

    private static partial class Log
    {
        [LoggerMessage(EventIds.UnprotectedResponse, LogLevel.Critical, "A response on route {Route} was not projected and was cut off before its first byte.", EventName = nameof(UnprotectedResponse))]
        internal static partial void UnprotectedResponse(ILogger logger, string route);
    }
}
