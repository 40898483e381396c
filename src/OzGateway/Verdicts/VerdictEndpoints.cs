using OzGateway.Audit;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>The backend's question: <c>GET /transactions/{id}</c> with the header <c>OzGateway-User</c>.</summary>
internal sealed class VerdictEndpoints(VerdictReader reader, VerdictPolicy policy, UserKeyPolicy users, GatewayMetrics metrics, AuditTrail audit)
{
    /// <summary>Answers <c>GET /transactions/{id}</c>.</summary>
    public async Task ReadAsync(HttpContext context, string id)
    {
        var caller = context.Features.GetRequiredFeature<BackendCaller>();
        if (BackendCall.ReadWish(context.Request, policy.WaitLimit) is not { } wish)
        {
            await context.WriteProblemAsync(GatewayProblem.QueryInvalid);
            return;
        }

        if (!BackendCall.TryReadUser(context, users.Keys, out var user) || (user is null && !caller.May(BackendRights.AnyUser)))
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        if (await reader.ProveAsync(id, user) is not { } transaction)
        {
            await TellAsync(context, new Verdict { TransactionId = id, Outcome = VerdictOutcome.NotFound, Reason = "unknown_transaction", UserChecked = user is not null });
            return;
        }

        await AnswerAsync(context, transaction, wish);
    }

    private async Task AnswerAsync(HttpContext context, ProvenTransaction transaction, VerdictWish wish)
    {
        if (wish.Consume && transaction.IsConsumed)
        {
            await context.WriteProblemAsync(GatewayProblem.TransactionConsumed);
            return;
        }

        try
        {
            var decision = await reader.DecideAsync(transaction, wish.Wait, context.RequestAborted);
            var consumes = wish.Consume && decision.IsFinal;
            if (consumes && !await reader.ConsumeAsync(transaction))
            {
                await context.WriteProblemAsync(GatewayProblem.TransactionConsumed);
                return;
            }

            // Read anew: while it waited, the submission may have come.
            var now = await reader.ProveAsync(transaction.Id.Text, transaction.Owner) ?? transaction;
            await TellAsync(context, reader.Tell(now with { UserChecked = transaction.UserChecked }, decision, context.Features.GetRequiredFeature<BackendCaller>().Rights));
        }
        catch (OzApiException)
        {
            metrics.LookedUp("oz_api_unavailable");
            await context.WriteProblemAsync(GatewayProblem.OzApiUnavailable);
        }
    }

    private async Task TellAsync(HttpContext context, Verdict verdict)
    {
        metrics.LookedUp(TelemetryNames.Word(verdict.Outcome));
        await audit.RecordAsync(new AuditEvent
        {
            // A backend that asks for a transaction of another user may have been handed a relayed id.
            Event = verdict is { UserChecked: true, Reason: "unknown_transaction" } ? "relay_suspected" : "verdict",
            Granted = verdict.Outcome is VerdictOutcome.Success,
            Reason = TelemetryNames.Word(verdict.Outcome),
            Transaction = verdict.SupportRef,
            Backend = context.Features.GetRequiredFeature<BackendCaller>().Name,
        });
        await context.Response.WriteAsJsonAsync(verdict, VerdictJson.Default.Verdict);
    }
}
