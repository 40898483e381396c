using System.Diagnostics;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Attempts;

/// <summary>Acquired before the body is read: a user who has no attempt left must not cost us an upload.</summary>
internal sealed partial class AttemptMiddleware(
    RequestDelegate next, InMemoryAttemptLimiter limiter, GatewayMetrics metrics, TimeProvider time, ILogger<AttemptMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AttemptPolicy>() is not { } policy
            || context.Features.Get<CallFeature>() is not { Kind: CallKind.Submission })
        {
            await next(context);
            return;
        }

        var identity = context.Features.GetRequiredFeature<UserKeyFeature>();
        var keys = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UserKeyPolicy>().Keys;
        var fresh = TransactionId.Issue(keys, identity.User, time.GetUtcNow());
        var decision = await AcquireAsync(context, policy, new AttemptCall(identity.User, identity.Ticket?.Transaction, fresh));
        switch (decision.Outcome)
        {
            case AttemptOutcome.Allowed:
                context.Features.Set(new AttemptFeature(limiter, identity.User, policy, decision, fresh));
                await next(context);
                break;
            case AttemptOutcome.Exceeded:
                Log.AttemptExceeded(logger, RouteName.Of(context), decision.RetryAfter);
                await context.WriteProblemAsync(GatewayProblem.AttemptsExceeded, decision.RetryAfter);
                break;
            case AttemptOutcome.LimiterUnavailable:
                await context.WriteProblemAsync(GatewayProblem.LimiterUnavailable);
                break;
            default:
                throw new InvalidOperationException($"Attempt outcome '{decision.Outcome}' has no answer.");
        }
    }

    private async ValueTask<AttemptDecision> AcquireAsync(HttpContext context, AttemptPolicy policy, AttemptCall call)
    {
        using var span = Tracing.Source.StartActivity(TelemetryNames.AttemptSpan);
        var start = time.GetTimestamp();
        var decision = await limiter.AcquireAsync(call, policy, context.RequestAborted);
        var word = TelemetryNames.Word(decision.Outcome);
        metrics.AttemptDecided(RouteName.Of(context), word, time.GetElapsedTime(start));
        span?.SetTag(TelemetryNames.ResultTag, word);
        span?.SetStatus(decision.Outcome is AttemptOutcome.LimiterUnavailable ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        return decision;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AttemptExceeded, LogLevel.Information, "No attempt is left on route {Route} for {RetryAfter}.", EventName = nameof(AttemptExceeded))]
        internal static partial void AttemptExceeded(ILogger logger, string route, TimeSpan retryAfter);
    }
}
