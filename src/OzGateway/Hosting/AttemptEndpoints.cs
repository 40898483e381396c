using OzGateway.Attempts;
using OzGateway.Audit;
using OzGateway.Configuration;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>What an operator may ask at the admin door: <c>GET</c> and <c>DELETE /attempts</c>, for the user in the header <c>OzGateway-User</c> or the address in <c>OzGateway-Address</c>.</summary>
internal static class AttemptEndpoints
{
    /// <summary>Header with the user id as in the claim.</summary>
    public const string UserHeader = "OzGateway-User";

    /// <summary>Header with a client address.</summary>
    public const string AddressHeader = "OzGateway-Address";

    /// <summary>Maps both.</summary>
    public static RouteGroupBuilder MapAttempts(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/attempts");
        group.MapGet("/", ShowAsync);
        group.MapDelete("/", ResetAsync);
        group.AddEndpointFilter<RouteGroupBuilder, AdminDoorFilter>();
        return group;
    }

    /// <summary>The user that is meant, or null where none or both are named.</summary>
    public static UserKey? UserOf(UserKeyPolicy policy, string? identifier, string? address) =>
        identifier is { Length: > 0 and <= 1024 } && address is null ? UserKey.OfIdentifier(policy.Keys, identifier)
        : identifier is null && System.Net.IPAddress.TryParse(address, out var parsed)
            ? UserKey.OfAddress(policy.Keys, (policy.Address ?? ClientAddressSource.Default).Network(TrustedProxies.Plain(parsed)))
        : null;

    private static async Task ShowAsync(HttpContext context, AttemptOperations operations, GatewaySnapshot snapshot, AuditTrail audit)
    {
        if (Named(context, snapshot.UserKey) is not { } user)
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        var standing = await operations.ShowAsync(user, context.RequestAborted);
        await RecordAsync(context, audit, "attempts_shown", standing is not null);
        if (standing is null)
        {
            await context.WriteProblemAsync(GatewayProblem.LimiterUnavailable);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(standing, StandingJson.Default.UserStanding);
    }

    private static async Task ResetAsync(HttpContext context, AttemptOperations operations, GatewaySnapshot snapshot, AuditTrail audit)
    {
        if (Named(context, snapshot.UserKey) is not { } user)
        {
            await context.WriteProblemAsync(GatewayProblem.UserRequired);
            return;
        }

        var isReset = await operations.ResetAsync(user, context.RequestAborted);
        await RecordAsync(context, audit, "attempts_reset", isReset);
        if (!isReset)
        {
            await context.WriteProblemAsync(GatewayProblem.LimiterUnavailable);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static UserKey? Named(HttpContext context, UserKeyPolicy policy)
    {
        var (users, addresses) = (context.Request.Headers[UserHeader], context.Request.Headers[AddressHeader]);
        return users.Count + addresses.Count == 1 ? UserOf(policy, users.FirstOrDefault(), addresses.FirstOrDefault()) : null;
    }

    private static ValueTask RecordAsync(HttpContext context, AuditTrail audit, string what, bool done) => audit.RecordAsync(new AuditEvent
    {
        Event = what,
        Granted = done,
        Reason = done ? "operator" : ProblemTable.Of(GatewayProblem.LimiterUnavailable).Code,
        Operator = context.Features.GetRequiredFeature<AdminFeature>().Name,
    });
}
