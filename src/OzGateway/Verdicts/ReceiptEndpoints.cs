using OzGateway.Audit;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>A verdict as a signed receipt, once: <c>POST /transactions/{id}/receipt</c>; and the keys that verify it.</summary>
internal sealed class ReceiptEndpoints(VerdictReader reader, VerdictPolicy policy, UserKeyPolicy users, IdempotentAnswers<ReceiptAnswer> answers, AuditTrail audit, IServiceProvider services)
{
    /// <summary>Answers <c>POST /transactions/{id}/receipt</c>.</summary>
    public async Task TakeAsync(HttpContext context, string id)
    {
        var caller = context.Features.GetRequiredFeature<BackendCaller>();
        if (!BackendCall.TryReadIdempotencyKey(context, out var key))
        {
            await context.WriteProblemAsync(GatewayProblem.IdempotencyKeyInvalid);
            return;
        }

        if (!BackendCall.TryReadUser(context, users.Keys, out var user) || (user is null && !caller.May(BackendRights.AnyUser)))
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        if (await reader.ProveAsync(id, user) is not { } transaction)
        {
            await context.WriteProblemAsync(GatewayProblem.TransactionNotFound);
            return;
        }

        await AnswerAsync(context, transaction, key is null ? null : new IdempotentQuestion(caller.Name, key, $"receipt {id}"));
    }

    /// <summary>Answers <c>GET /.well-known/jwks.json</c>: public keys, for which nobody needs a credential.</summary>
    public Task PublishAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return context.Response.WriteAsJsonAsync(Signer?.Published ?? new ReceiptKeySet([]), VerdictJson.Default.ReceiptKeySet);
    }

    private ReceiptSigner? Signer => policy.Receipts is null ? null : services.GetRequiredService<ReceiptSigner>();

    private async Task AnswerAsync(HttpContext context, ProvenTransaction transaction, IdempotentQuestion? question)
    {
        if (Signer is not { } signer)
        {
            await context.WriteProblemAsync(GatewayProblem.ReceiptsNotConfigured);
            return;
        }

        // A consumed transaction was judged before: its receipt is repeated for its key, or refused.
        var decision = transaction.IsConsumed ? null : await DecideAsync(context, transaction);
        if (decision is null && !transaction.IsConsumed)
        {
            return;
        }

        Task<ReceiptAnswer> Make() => MakeAsync(context, signer, transaction, decision);
        var answer = question is null ? await Make() : await answers.OnceAsync(question, Make, static made => made.Receipt is not null);
        switch (answer)
        {
            case { Receipt: { } receipt }:
                context.Response.StatusCode = StatusCodes.Status201Created;
                await context.Response.WriteAsJsonAsync(receipt, VerdictJson.Default.Receipt);
                break;
            case { Problem: { } problem }:
                await context.WriteProblemAsync(problem);
                break;
            default:
                await context.WriteProblemAsync(GatewayProblem.IdempotencyKeyReused);
                break;
        }
    }

    private async Task<VerdictDecision?> DecideAsync(HttpContext context, ProvenTransaction transaction)
    {
        try
        {
            return await reader.DecideAsync(transaction, TimeSpan.Zero, context.RequestAborted);
        }
        catch (OzApiException)
        {
            await context.WriteProblemAsync(GatewayProblem.OzApiUnavailable);
            return null;
        }
    }

    private async Task<ReceiptAnswer> MakeAsync(HttpContext context, ReceiptSigner signer, ProvenTransaction transaction, VerdictDecision? decision)
    {
        if (decision is { IsFinal: false })
        {
            return new ReceiptAnswer(null, GatewayProblem.VerdictNotFinal);
        }

        if (decision is null || !await reader.ConsumeAsync(transaction))
        {
            return new ReceiptAnswer(null, GatewayProblem.TransactionConsumed);
        }

        var caller = context.Features.GetRequiredFeature<BackendCaller>();
        var verdict = reader.Tell(transaction, decision, caller.Rights) with { Consumed = true };
        await audit.RecordAsync(new AuditEvent
        {
            Event = "receipt",
            Granted = verdict.Outcome is VerdictOutcome.Success,
            Reason = TelemetryNames.Word(verdict.Outcome),
            Transaction = verdict.SupportRef,
            Backend = caller.Name,
        });
        return new ReceiptAnswer(new Receipt(verdict.TransactionId, signer.Sign(verdict, caller.Name, transaction.Owner)), null);
    }
}

/// <summary>A receipt, or why there is none.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Problem">Why not.</param>
internal sealed record ReceiptAnswer(Receipt? Receipt, GatewayProblem? Problem);
