using OzGateway.Attempts;
using OzGateway.Audit;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Payloads;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Transactions;

/// <summary>Opens a submission (transaction, ticket, rewriter) and settles it when the call is over.</summary>
internal sealed partial class SubmissionDesk(
    InMemoryTransactionLedger ledger, TransactionClosing closing, ShapeReport shapes, GatewayMetrics metrics, AuditTrail audit, TimeProvider time, ILogger<SubmissionDesk> logger)
{
    /// <summary>Opens a submission; a problem means that it ends here, and its attempt is given back.</summary>
    public async ValueTask<GatewayProblem?> OpenAsync(HttpContext context, TransactionPolicy policy, PageHead head)
    {
        using var span = Tracing.Source.StartActivity(TelemetryNames.TransactionSpan);
        var refusal = await TryOpenAsync(context, policy, head);
        var word = refusal is { } problem ? ProblemTable.Of(problem).Code : "submitted";
        metrics.TransactionDecided(word);
        span?.SetTag(TelemetryNames.ResultTag, word);
        if (refusal is not null)
        {
            Log.TransactionRefused(logger, RouteName.Of(context), word);
            // Refused by the gateway before the first byte went upstream: the adapter cannot have judged it.
            await (context.Features.Get<AttemptFeature>()?.SettleAsync(AttemptSettlement.Refunded, CancellationToken.None) ?? ValueTask.CompletedTask);
        }

        return refusal;
    }

    /// <summary>Takes down, once, that the page named a transaction that is not its own, as far as its submission has been read.</summary>
    public async Task SuspectAsync(HttpContext context)
    {
        if (context.Features.Get<InjectionFeature>() is { } injection
            && context.Features.Get<TransactionFeature>() is { Record: { } record, IsSuspected: false } transaction
            && (injection.Rewriter.ForeignValues > 0 ? "submission" : transaction.ForeignPlace) is { } place)
        {
            transaction.IsSuspected = true;
            await SuspectRelayAsync(context, record, place);
        }
    }

    /// <summary>After the call: gives back what provably never reached the adapter whole, and counts what was replaced.</summary>
    public async ValueTask SettleAsync(HttpContext context)
    {
        if (context.Features.Get<InjectionFeature>() is not { } injection
            || context.Features.Get<TransactionFeature>() is not { Record: { } record })
        {
            return;
        }

        var keys = Keys(context);
        shapes.See(RouteName.Of(context), injection);
        metrics.InjectionEnded(TelemetryNames.Word(injection.Kind), injection.Body?.Fault is { } fault ? TelemetryNames.Word(fault.Fault) : injection.IsWhole ? "set" : "cut");
        await SuspectAsync(context);
        if (!injection.IsWhole && await closing.GiveBackAsync(record, CancellationToken.None))
        {
            Log.UseGivenBack(logger, record.Id.SupportRef(keys));
        }
    }

    private async ValueTask SuspectRelayAsync(HttpContext context, TransactionRecord record, string place)
    {
        var keys = Keys(context);
        await ledger.SuspectRelayAsync(record.Id);
        metrics.RelaySuspected(place);
        Log.RelaySuspected(logger, record.Id.SupportRef(keys));
        await audit.RecordAsync(new AuditEvent
        {
            Event = "relay_suspected",
            Granted = true,
            Reason = "foreign_transaction_id",
            Route = RouteName.Of(context),
            Transaction = record.Id.SupportRef(keys),
        });
    }

    private async ValueTask<GatewayProblem?> TryOpenAsync(HttpContext context, TransactionPolicy policy, PageHead head)
    {
        if (SubmissionBody.Read(context.Request) is not { } type || SubmissionBody.KindOfSubmission(type) is not { } kind)
        {
            return GatewayProblem.MediaTypeUnsupported;
        }

        var identity = context.Features.GetRequiredFeature<UserKeyFeature>();
        if (identity.HasForeignTicket && policy.OnForeignId is ForeignIdAction.Refuse)
        {
            return GatewayProblem.TransactionForeign;
        }

        var attempt = context.Features.Get<AttemptFeature>();
        var fresh = attempt?.Fresh ?? TransactionId.Issue(Keys(context), identity.User, time.GetUtcNow());
        var decision = await ledger.SubmitAsync(
            new SubmitCall(identity.User, identity.Ticket?.Transaction, fresh, attempt is null ? null : new AttemptRef(attempt.Decision.Attempt, attempt.Policy, identity.User)) { Claims = identity.Claims },
            policy);
        switch (decision.Outcome)
        {
            case SubmitOutcome.Required: return GatewayProblem.TransactionRequired;
            case SubmitOutcome.Used: return GatewayProblem.TransactionUsed;
            case SubmitOutcome.Expired: return GatewayProblem.TransactionExpired;
            case SubmitOutcome.ClaimMissing: return GatewayProblem.ClaimMissing;
            case SubmitOutcome.Accepted:
            case SubmitOutcome.Issued:
                return await AdmitAsync(context, policy, decision, new OpenBody(kind, type, identity, head.FindForeign(decision.Record!.Id.Text)));
            default: throw new InvalidOperationException($"Submit outcome '{decision.Outcome}' has no answer.");
        }
    }

    private async ValueTask<GatewayProblem?> AdmitAsync(HttpContext context, TransactionPolicy policy, SubmitDecision decision, OpenBody body)
    {
        var record = decision.Record!;
        if (body.ForeignPlace is { } place && policy.OnForeignId is ForeignIdAction.Refuse)
        {
            await SuspectRelayAsync(context, record, place);
            await closing.GiveBackAsync(record, CancellationToken.None);
            return GatewayProblem.TransactionMismatch;
        }

        var plan = SubmissionBody.PlanOf(policy, record, body.Identity.User);
        context.Features.Set(new TransactionFeature(record.Id, record) { ForeignPlace = body.ForeignPlace });
        context.Features.Set(SubmissionBody.Open(body.Kind, body.Type, plan, policy.ReportShapes ? policy.Limits : null));
        context.Response.Headers[TransactionMiddleware.IdHeader] = record.Id.Text;
        if (decision.Outcome is SubmitOutcome.Issued)
        {
            var identity = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UserKeyPolicy>();
            TicketTransport.Write(context, identity, body.Identity.TicketFor(record.Id, TicketTransport.Origin(context), record.ReadUntil));
        }

        return null;
    }

    private static GatewayKeys Keys(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<UserKeyPolicy>().Keys;

    private sealed record OpenBody(PayloadKind Kind, MediaType Type, UserKeyFeature Identity, string? ForeignPlace);

    private static partial class Log
    {
        [LoggerMessage(EventIds.TransactionRefused, LogLevel.Information, "A submission on route {Route} has no transaction: {Reason}.", EventName = nameof(TransactionRefused))]
        internal static partial void TransactionRefused(ILogger logger, string route, string reason);

        [LoggerMessage(EventIds.RelaySuspected, LogLevel.Warning, "A submission named a transaction that is not its own; the server's id was set. Transaction {Transaction}.", EventName = nameof(RelaySuspected))]
        internal static partial void RelaySuspected(ILogger logger, string transaction);

        [LoggerMessage(EventIds.UseGivenBack, LogLevel.Information, "A submission never reached the adapter whole; its use was given back. Transaction {Transaction}.", EventName = nameof(UseGivenBack))]
        internal static partial void UseGivenBack(ILogger logger, string transaction);
    }
}
