using OzGateway.Audit;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Transactions;

/// <summary>The page's own two endpoints: start a transaction, and learn the newest one.</summary>
internal static class TransactionEndpoints
{
    /// <summary>Maps <c>POST path</c> and <c>GET path/current</c>.</summary>
    public static RouteGroupBuilder MapTransactions(this IEndpointRouteBuilder endpoints, string path)
    {
        var group = endpoints.MapGroup(path);
        group.MapPost("/", IssueAsync).WithMetadata(new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true));
        group.MapGet("/current", CurrentAsync).WithMetadata(new HttpMethodMetadata([HttpMethods.Get], acceptCorsPreflight: true));
        return group;
    }

    private static async Task IssueAsync(HttpContext context, InMemoryTransactionLedger ledger, GatewayMetrics metrics, AuditTrail audit, TimeProvider time)
    {
        var endpoint = context.GetEndpoint()!.Metadata;
        var identity = endpoint.GetRequiredMetadata<UserKeyPolicy>();
        var caller = context.Features.GetRequiredFeature<UserKeyFeature>();
        var id = TransactionId.Issue(identity.Keys, caller.User, time.GetUtcNow());
        var record = await ledger.IssueAsync(caller.User, id, endpoint.GetRequiredMetadata<TransactionPolicy>(), caller.Claims);

        metrics.TransactionDecided("issued");
        await audit.RecordAsync(new AuditEvent { Event = "transaction_issued", Granted = true, Reason = "page", Transaction = id.SupportRef(identity.Keys) });
        var ticket = caller.TicketFor(id, TicketTransport.Origin(context), record.ReadUntil);
        TicketTransport.Write(context, identity, ticket);
        context.Response.Headers[TransactionMiddleware.IdHeader] = id.Text;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status201Created;
        var issued = new IssuedTransaction(id.Text, record.SubmitUntil, TicketTransport.PluginUrl(identity, ticket));
        await context.Response.WriteAsJsonAsync(issued, TransactionJson.Default.IssuedTransaction);
    }

    private static async Task CurrentAsync(HttpContext context, InMemoryTransactionLedger ledger)
    {
        var user = context.Features.GetRequiredFeature<UserKeyFeature>().User;
        if (await ledger.NewestAsync(user) is not { } record)
        {
            await context.WriteProblemAsync(GatewayProblem.TransactionNotFound);
            return;
        }

        // Never more than the browser is told by a poll: over or not.
        var isOver = record.State is TransactionState.Finished or TransactionState.Expired or TransactionState.Revoked or TransactionState.Consumed;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new CurrentTransaction(record.Id.Text, isOver ? "finished" : "processing", record.SubmitUntil), TransactionJson.Default.CurrentTransaction);
    }
}
