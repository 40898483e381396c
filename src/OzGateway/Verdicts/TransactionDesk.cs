using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;
using OzGateway.Transactions;

namespace OzGateway.Verdicts;

/// <summary>What a backend does with a user's transactions: issue, list, revoke.</summary>
internal sealed class TransactionDesk(
    VerdictReader reader, InMemoryTransactionLedger ledger, TransactionPolicy policy, UserKeyPolicy identity, IdempotentAnswers<IssuedForUser> answers, TransactionNews news)
{
    private const int ListLimit = 20;

    /// <summary>Answers <c>POST /transactions</c>: a transaction for the user of the header.</summary>
    public async Task IssueAsync(HttpContext context)
    {
        if (!BackendCall.TryReadIdempotencyKey(context, out var key))
        {
            await context.WriteProblemAsync(GatewayProblem.IdempotencyKeyInvalid);
            return;
        }

        if (!BackendCall.TryReadUser(context, identity.Keys, out var user) || user is null)
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        var caller = context.Features.GetRequiredFeature<BackendCaller>().Name;
        Task<IssuedForUser> Make() => MakeAsync(user, caller);
        var issued = key is null ? await Make() : await answers.OnceAsync(new IdempotentQuestion(caller, key, $"issue {user.Pseudonym}"), Make, static _ => true);
        if (issued is null)
        {
            await context.WriteProblemAsync(GatewayProblem.IdempotencyKeyReused);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(issued, VerdictJson.Default.IssuedForUser);
    }

    /// <summary>Answers <c>GET /transactions</c>: the newest ones of the user of the header.</summary>
    public async Task ListAsync(HttpContext context)
    {
        if (!BackendCall.TryReadUser(context, identity.Keys, out var user) || user is null)
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        var records = await ledger.NewestAsync(user, ListLimit);
        await context.Response.WriteAsJsonAsync(new UserTransactions([.. records.Select(Describe)]), VerdictJson.Default.UserTransactions);
    }

    /// <summary>Answers <c>DELETE /transactions/{id}</c>: it takes no submission any more, and gives no verdict.</summary>
    public async Task RevokeAsync(HttpContext context, string id)
    {
        var caller = context.Features.GetRequiredFeature<BackendCaller>();
        if (!BackendCall.TryReadUser(context, identity.Keys, out var user) || (user is null && !caller.May(BackendRights.AnyUser)))
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        if (await reader.ProveAsync(id, user) is not { } transaction)
        {
            await context.WriteProblemAsync(GatewayProblem.TransactionNotFound);
            return;
        }

        if (!await reader.RevokeAsync(transaction))
        {
            await context.WriteProblemAsync(GatewayProblem.TransactionConsumed);
            return;
        }

        await news.TellAsync("transaction_revoked", "revoked", transaction.Id, caller.Name);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<IssuedForUser> MakeAsync(UserKey user, string caller)
    {
        var record = await ledger.IssueAsync(user, TransactionId.Issue(identity.Keys, user, news.Now), policy);
        await news.TellAsync("transaction_issued", "issued", record.Id, caller);
        var ticket = new Ticket(user, record.Id, Origin: null, record.ReadUntil);
        return new IssuedForUser(record.Id.Text, record.SubmitUntil, identity.Ticket.Carrier is TicketCarrier.Identity ? null : ticket.Sign(identity.Keys))
        {
            PluginUrl = TicketTransport.PluginUrl(identity, ticket),
        };
    }

    private UserTransaction Describe(TransactionRecord record) => new()
    {
        TransactionId = record.Id.Text,
        State = TelemetryNames.Word(record.State),
        IssuedAt = record.IssuedAt,
        ExpiresAt = record.SubmitUntil,
        SubmittedAt = record.SubmittedAt,
        Submissions = record.Uses,
        RelaySuspected = record.RelaySuspected,
        SupportRef = record.Id.SupportRef(identity.Keys),
    };
}
