using OzGateway.Attempts;
using OzGateway.Audit;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;
using OzGateway.Transactions;

namespace OzGateway.Hosting;

/// <summary>One line per submission, whatever happens below: granted or not, and why.</summary>
internal sealed partial class SubmissionLogMiddleware(RequestDelegate next, AuditTrail audit, ILogger<SubmissionLogMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<CallFeature>() is { Kind: CallKind.Submission } ? LogAsync(context) : next(context);

    private async Task LogAsync(HttpContext context)
    {
        await next(context);
        var problem = context.Features.Get<ProblemFeature>()?.Problem;
        var reason = problem is { } why ? ProblemTable.Of(why).Code : context.RequestAborted.IsCancellationRequested ? "client_gone" : "submitted";
        var granted = reason == "submitted";
        var keys = context.GetEndpoint()?.Metadata.GetMetadata<UserKeyPolicy>()?.Keys;
        var transaction = keys is null ? null : context.Features.Get<TransactionFeature>()?.Id.SupportRef(keys);
        var activity = System.Diagnostics.Activity.Current;
        activity?.SetTag(TelemetryNames.TransactionHashTag, transaction);
        Log.SubmissionDecided(logger, RouteName.Of(context), granted, reason, transaction ?? "none");
        await audit.RecordAsync(new AuditEvent
        {
            Event = "submission",
            Granted = granted,
            Reason = reason,
            Route = RouteName.Of(context),
            Transaction = transaction,
            Degraded = context.Features.Get<AttemptFeature>()?.Decision.Mode is { } mode and not AttemptMode.Normal ? TelemetryNames.Word(mode) : null,
            Trace = activity?.TraceId.ToHexString(),
        });
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SubmissionDecided, LogLevel.Information, "Submission on route {Route}: granted {Granted}, {Reason}, transaction {Transaction}.", EventName = nameof(SubmissionDecided))]
        internal static partial void SubmissionDecided(ILogger logger, string route, bool granted, string reason, string transaction);
    }
}
