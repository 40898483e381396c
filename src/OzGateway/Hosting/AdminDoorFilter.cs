using OzGateway.Audit;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>Nobody does more at the admin door than probe without one of its keys: <c>Authorization: Bearer KEY</c>.</summary>
internal sealed partial class AdminDoorFilter(AdminKeys keys, AuditTrail audit, ILogger<AdminDoorFilter> logger) : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (keys.NameOf(http.Request) is not { } name)
        {
            Log.OperatorRefused(logger);
            await audit.RecordAsync(new AuditEvent { Event = "operator_refused", Granted = false, Reason = ProblemTable.Of(GatewayProblem.AdminKeyInvalid).Code });
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await http.WriteProblemAsync(GatewayProblem.AdminKeyInvalid);
            return Results.Empty;
        }

        http.Features.Set(new AdminFeature(name));
        return await next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.OperatorRefused, LogLevel.Warning, "A request at the admin door had no valid key.", EventName = nameof(OperatorRefused))]
        internal static partial void OperatorRefused(ILogger logger);
    }
}

/// <summary>Whose key opened the admin door.</summary>
/// <param name="name">Its name.</param>
internal sealed class AdminFeature(string name)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;
}
