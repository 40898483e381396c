using System.Security.Cryptography;
using System.Text;
using OzGateway.Audit;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>Nobody passes the backend door without one of its keys: <c>Authorization: Bearer KEY</c>.</summary>
internal sealed partial class BackendDoorFilter(BackendPolicy policy, AuditTrail audit, ILogger<BackendDoorFilter> logger) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (KeyOf(http) is not { } key)
        {
            Log.BackendRefused(logger);
            await audit.RecordAsync(new AuditEvent { Event = "backend_refused", Granted = false, Reason = ProblemTable.Of(GatewayProblem.BackendKeyInvalid).Code });
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await http.WriteProblemAsync(GatewayProblem.BackendKeyInvalid);
            return Results.Empty;
        }

        if (!key.Rights.HasFlag(BackendRights.Read))
        {
            await http.WriteProblemAsync(GatewayProblem.BackendRightMissing);
            return Results.Empty;
        }

        http.Features.Set(key);
        return await next(context);
    }

    private BackendKey? KeyOf(HttpContext http)
    {
        if (http.Request.Headers.Authorization is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..]));
        BackendKey? found = null;
        foreach (var key in policy.Keys)
        {
            // Every key is compared, whichever fits: the time tells nothing.
            found = CryptographicOperations.FixedTimeEquals(hash, key.Sha256) ? key : found;
        }

        return found;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.BackendRefused, LogLevel.Warning, "A request at the backend door had no valid key.", EventName = nameof(BackendRefused))]
        internal static partial void BackendRefused(ILogger logger);
    }
}
