using OzGateway.Audit;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>What the backend may ask: <c>GET /transactions/{id}</c> with the header <c>OzGateway-User</c>.</summary>
internal static class VerdictEndpoints
{
    private const string UserHeader = "OzGateway-User";

    /// <summary>Maps the endpoint; the caller closes it to every door but the backend's.</summary>
    public static RouteGroupBuilder MapVerdicts(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/transactions");
        group.MapGet("/{id}", ReadAsync);
        group.AddEndpointFilter<RouteGroupBuilder, BackendDoorFilter>();
        return group;
    }

    private static async Task ReadAsync(HttpContext context, string id, VerdictReader reader, GatewayKeys keys, GatewayMetrics metrics, AuditTrail audit)
    {
        var key = context.Features.GetRequiredFeature<BackendKey>();
        if (!TryReadUser(context, keys, out var user) || (user is null && !key.Rights.HasFlag(BackendRights.AnyUser)))
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        try
        {
            var verdict = await reader.ReadAsync(id, user, context.RequestAborted);
            metrics.LookedUp(TelemetryNames.Word(verdict.Outcome));
            await audit.RecordAsync(EventOf(verdict, key));
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsJsonAsync(verdict, VerdictJson.Default.Verdict);
        }
        catch (OzApiException)
        {
            metrics.LookedUp("oz_api_unavailable");
            await context.WriteProblemAsync(GatewayProblem.OzApiUnavailable);
        }
    }

    private static AuditEvent EventOf(Verdict verdict, BackendKey key) => new()
    {
        // A backend that asks for a transaction of another user may have been handed a relayed id.
        Event = verdict is { UserChecked: true, Reason: "unknown_transaction" } ? "relay_suspected" : "verdict",
        Granted = verdict.Outcome is VerdictOutcome.Success,
        Reason = TelemetryNames.Word(verdict.Outcome),
        Transaction = verdict.SupportRef,
        Backend = key.Name,
    };

    private static bool TryReadUser(HttpContext context, GatewayKeys keys, out UserKey? user)
    {
        var values = context.Request.Headers[UserHeader];
        user = values is [{ Length: > 0 and <= 1024 } identifier] ? UserKey.OfIdentifier(keys, identifier) : null;
        return values.Count == 0 || user is not null;
    }
}
