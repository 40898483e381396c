using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Edge;

/// <summary>Refuses at the edge: counts, logs, answers, and does not go on with a connection whose head was in doubt.</summary>
internal sealed partial class EdgeRefusals(GatewayMetrics metrics, ILogger<EdgeRefusals> logger)
{
    /// <summary>Answers a request that goes no further.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="problem">What the client is told.</param>
    public Task AnswerAsync(HttpContext context, EdgeRefusal refusal, GatewayProblem problem)
    {
        var reason = TelemetryNames.Word(refusal);
        metrics.Refused(reason);
        Log.Refused(logger, reason);
        if (problem is not GatewayProblem.NotFound && !HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        return context.WriteProblemAsync(problem);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestRefused, LogLevel.Information, "A request was refused at the edge: {Reason}.", EventName = "RequestRefused")]
        internal static partial void Refused(ILogger logger, string reason);
    }
}
