using System.Diagnostics;
using OzGateway.Telemetry;

namespace OzGateway.Problems;

/// <summary>Every failure leaves as one problem; every answer carries the trace id as X-Request-Id.</summary>
internal sealed partial class ProblemsMiddleware(RequestDelegate next, ILogger<ProblemsMiddleware> logger)
{
    private const string RequestIdHeader = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers[RequestIdHeader] = Activity.Current?.TraceId.ToHexString() ?? ActivityTraceId.CreateRandom().ToHexString();
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            await context.WriteProblemAsync(refused.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => GatewayProblem.PayloadTooLarge,
                _ => GatewayProblem.RequestRefused,
            });
            return;
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            Log.Failed(logger, failure.GetType().Name, failure.StackTrace ?? string.Empty);
            await context.WriteProblemAsync(GatewayProblem.InternalError);
            return;
        }

        if (!context.Response.HasStarted && context.Features.Get<ProblemFeature>() is null && context.GetEndpoint()?.RequestDelegate is null)
        {
            await context.WriteProblemAsync(GatewayProblem.NotFound);
        }
        else if (!context.Response.HasStarted && context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            await context.WriteProblemAsync(GatewayProblem.MethodNotAllowed);
        }
    }

    private static partial class Log
    {
        // The type and the place of an exception, never its message: a message may repeat what a client or the adapter sent.
        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "A request failed with {ExceptionType} at {StackTrace}", EventName = "RequestFailed")]
        internal static partial void Failed(ILogger logger, string exceptionType, string stackTrace);
    }
}
