using System.Diagnostics;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Attempts;

/// <summary>Asks for an attempt: the user's own budget first, then the one of all users behind the address. Every answer is counted and told in headers.</summary>
internal sealed class AttemptDesk(IAttemptLimiter limiter, GatewayMetrics metrics, TimeProvider time)
{
    // What cannot be told apart by a connection shares one line.
    private const string NoAddress = "none";

    /// <summary>Asks for an attempt of whoever the request belongs to.</summary>
    public async ValueTask<AttemptFeature> AcquireAsync(HttpContext context, AttemptPolicy policy)
    {
        var identity = context.Features.GetRequiredFeature<UserKeyFeature>();
        var keys = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UserKeyPolicy>().Keys;
        var line = context.GetEndpoint()!.Metadata.GetMetadata<AttemptPolicy>()?.PerAddress;
        var call = new AttemptCall(identity.User, identity.Ticket?.Transaction, TransactionId.Issue(keys, identity.User, time.GetUtcNow()));
        using var span = Tracing.Source.StartActivity(TelemetryNames.AttemptSpan);
        var start = time.GetTimestamp();
        var decision = await limiter.AcquireAsync(call, policy, context.RequestAborted);
        var word = Word(policy, decision);
        if (decision.Outcome is AttemptOutcome.Allowed && line is not null)
        {
            var address = UserKey.OfAddress(keys, ClientAddress.NetworkOf(context) ?? NoAddress);
            (decision, word) = await PassLineAsync(line, address, (call, policy, decision), context.RequestAborted);
        }

        var mode = TelemetryNames.Word(decision.Mode);
        metrics.AttemptDecided(new AttemptMeasurement(RouteName.Of(context), word, mode, time.GetElapsedTime(start)));
        span?.SetTag(TelemetryNames.ResultTag, word);
        span?.SetTag(TelemetryNames.ModeTag, mode);
        span?.SetStatus(decision.Outcome is AttemptOutcome.LimiterUnavailable ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        QuotaHeaderWriter.Write(context.Response, policy, decision);
        return new AttemptFeature(limiter, call, policy, decision);
    }

    private async ValueTask<(AttemptDecision Decision, string Word)> PassLineAsync(
        AttemptPolicy line, UserKey address, (AttemptCall Call, AttemptPolicy Policy, AttemptDecision Decision) own, CancellationToken cancellationToken)
    {
        // Under the name of the user's attempt: a further call of the same check is no further attempt here either.
        var attempt = own.Decision.Attempt;
        var shared = await limiter.AcquireAsync(new AttemptCall(address, attempt, attempt), line, cancellationToken);
        if (shared.Outcome is AttemptOutcome.Allowed || (shared.Outcome is AttemptOutcome.Exceeded && line.OnExceeded is ExceededAction.Observe))
        {
            return (own.Decision with { Mode = own.Decision.Mode is AttemptMode.Normal ? shared.Mode : own.Decision.Mode },
                shared.Outcome is AttemptOutcome.Allowed ? Word(own.Policy, own.Decision) : "address_would_exceed");
        }

        await limiter.SettleAsync(own.Call.User, attempt, own.Policy, AttemptSettlement.Withdrawn, CancellationToken.None);
        return (shared with { Attempt = attempt, Quota = null }, shared.Outcome is AttemptOutcome.Exceeded ? "address_exceeded" : Word(line, shared));
    }

    private static string Word(AttemptPolicy policy, AttemptDecision decision) =>
        decision.Outcome is AttemptOutcome.Exceeded && policy.OnExceeded is ExceededAction.Observe ? "would_exceed" : TelemetryNames.Word(decision.Outcome);
}
