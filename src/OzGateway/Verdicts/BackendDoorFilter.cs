using OzGateway.Audit;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>Nobody passes the backend door without a credential and the right to what is asked. One line for each call, by the credential's name.</summary>
internal sealed partial class BackendDoorFilter(BackendCredentials credentials, AuditTrail audit, ILogger<BackendDoorFilter> logger) : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var required = http.GetEndpoint()!.Metadata.GetRequiredMetadata<RequiredRights>();
        if (credentials.CallerOf(http) is not { } caller)
        {
            Log.BackendRefused(logger);
            await audit.RecordAsync(new AuditEvent { Event = "backend_refused", Granted = false, Reason = ProblemTable.Of(GatewayProblem.BackendKeyInvalid).Code });
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await http.WriteProblemAsync(GatewayProblem.BackendKeyInvalid);
            return Results.Empty;
        }

        try
        {
            return await LetAsync(caller, required, context, next);
        }
        finally
        {
            var problem = http.Features.Get<ProblemFeature>()?.Problem;
            Log.BackendAnswered(logger, caller.Name, required.Operation, http.Response.StatusCode, problem is { } said ? ProblemTable.Of(said).Code : "answered");
        }
    }

    private async ValueTask<object?> LetAsync(BackendCaller caller, RequiredRights required, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!caller.May(required.Rights))
        {
            await audit.RecordAsync(new AuditEvent { Event = "backend_refused", Granted = false, Reason = ProblemTable.Of(GatewayProblem.BackendRightMissing).Code, Backend = caller.Name });
            await http.WriteProblemAsync(GatewayProblem.BackendRightMissing);
            return Results.Empty;
        }

        http.Features.Set(caller);
        http.Response.Headers.CacheControl = "no-store";
        return await next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.BackendRefused, LogLevel.Warning, "A request at the backend door had no valid credential.", EventName = nameof(BackendRefused))]
        internal static partial void BackendRefused(ILogger logger);

        [LoggerMessage(EventIds.BackendAnswered, LogLevel.Information, "Backend {Backend} called {Operation}: {Status} {Result}.", EventName = nameof(BackendAnswered))]
        internal static partial void BackendAnswered(ILogger logger, string backend, string operation, int status, string result);
    }
}
