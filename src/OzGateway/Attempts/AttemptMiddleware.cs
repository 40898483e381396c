using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Attempts;

/// <summary>Acquired before the body is read: a user who has no attempt left must not cost us an upload.</summary>
internal sealed partial class AttemptMiddleware(RequestDelegate next, AttemptDesk desk, ILogger<AttemptMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<CallFeature>() is { Kind: CallKind.Submission } && context.GetEndpoint()?.Metadata.GetMetadata<AttemptPolicy>() is { } policy
            ? AcquireAsync(context, policy)
            : next(context);

    private async Task AcquireAsync(HttpContext context, AttemptPolicy policy)
    {
        var attempt = await desk.AcquireAsync(context, policy.For(context.Features.GetRequiredFeature<UserKeyFeature>()));
        context.Features.Set(attempt);
        switch (attempt.Decision.Outcome)
        {
            case AttemptOutcome.Allowed:
            case AttemptOutcome.Exceeded when policy.OnExceeded is ExceededAction.Observe:
                await GoOnAsync(context, attempt);
                break;
            case AttemptOutcome.Exceeded:
                Log.AttemptExceeded(logger, RouteName.Of(context), attempt.Decision.RetryAfter);
                await context.WriteProblemAsync(GatewayProblem.AttemptsExceeded, attempt.Decision.RetryAfter);
                break;
            case AttemptOutcome.LimiterUnavailable:
                await context.WriteProblemAsync(GatewayProblem.LimiterUnavailable, TimeSpan.FromSeconds(1));
                break;
            default:
                throw new InvalidOperationException($"Attempt outcome '{attempt.Decision.Outcome}' has no answer.");
        }
    }

    private async Task GoOnAsync(HttpContext context, AttemptFeature attempt)
    {
        try
        {
            await next(context);
        }
        finally
        {
            await attempt.ReleaseAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AttemptExceeded, LogLevel.Information, "No attempt is left on route {Route} for {RetryAfter}.", EventName = nameof(AttemptExceeded))]
        internal static partial void AttemptExceeded(ILogger logger, string route, TimeSpan retryAfter);
    }
}
