using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Transactions;

/// <summary>Finds or makes the transaction of a submission and decides how its body is rewritten, before a byte of it is read.</summary>
internal sealed class TransactionMiddleware(RequestDelegate next, SubmissionDesk desk, GatewayMetrics metrics)
{
    /// <summary>Response header on issuing and submission answers.</summary>
    public const string IdHeader = "OzGateway-Transaction-Id";

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<CallFeature>() is { } call && context.GetEndpoint()?.Metadata.GetMetadata<TransactionPolicy>() is { } policy
            ? InvokeAsync(context, call, policy)
            : next(context);

    private async Task InvokeAsync(HttpContext context, CallFeature call, TransactionPolicy policy)
    {
        var head = call.Kind is CallKind.Submission ? PageHead.Of(context.Request, policy) : null;
        metrics.ValuesRemoved("header", SubmissionHead.CleanHeaders(context.Request, policy));
        if (!SubmissionHead.TryCleanQuery(context.Request, policy, out var removed))
        {
            await context.WriteProblemAsync(GatewayProblem.RequestRefused);
            return;
        }

        metrics.ValuesRemoved("query", removed);

        var refusal = head is not null ? await desk.OpenAsync(context, policy, head) : AdmitPoll(context, policy);
        if (refusal is { } problem)
        {
            await context.WriteProblemAsync(problem);
            return;
        }

        if (head is not null)
        {
            // Whoever has seen the answer, and asks for the verdict, finds the suspicion there.
            context.Response.OnStarting(() => desk.SuspectAsync(context));
        }

        try
        {
            await next(context);
        }
        finally
        {
            metrics.ValuesRemoved("body", context.Features.Get<InjectionFeature>()?.Rewriter.ReplacedValues ?? 0);
            await desk.SettleAsync(context);
        }
    }

    // What is no submission brings no metadata: the page's keys are removed from it all the same.
    private static GatewayProblem? AdmitPoll(HttpContext context, TransactionPolicy policy)
    {
        if (context.Features.Get<UserKeyFeature>()?.Ticket is { } ticket)
        {
            context.Features.Set(new TransactionFeature(ticket.Transaction, null));
        }

        if (!SubmissionBody.IsPresent(context) || context.Request.ContentLength == 0)
        {
            return null;
        }

        if (SubmissionBody.Read(context.Request) is not { } type || SubmissionBody.KindOfPoll(type) is not { } kind)
        {
            return GatewayProblem.MediaTypeUnsupported;
        }

        context.Features.Set(SubmissionBody.Open(kind, type, policy.Strips));
        return null;
    }
}
