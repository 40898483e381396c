using System.Diagnostics;
using System.Net;
using OzGateway.Edge;
using OzGateway.Payloads;
using OzGateway.Problems;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Projection;

/// <summary>Reads the adapter's answer whole and writes what may leave of it. Any surprise is an empty-handed 502.</summary>
internal sealed partial class ProjectionTransform(
    TransactionClosing closing, GatewayMetrics metrics, ILogger<ProjectionTransform> logger) : ResponseTransform
{
    private const string Json = "application/json";

    /// <inheritdoc />
    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        var http = context.HttpContext;
        if (context.ProxyResponse is not { } answer || http.Features.Get<CallFeature>() is not { } call || call.Kind is CallKind.Static)
        {
            return;
        }

        context.SuppressResponseBody = true;
        if (call.Kind is CallKind.Telemetry)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        using var span = Tracing.Source.StartActivity(TelemetryNames.ProjectionSpan);
        var word = await TryAnswerAsync(http, answer);
        metrics.Projected(RouteName.Of(http), word);
        span?.SetTag(TelemetryNames.ResultTag, word);
        span?.SetStatus(http.Features.Get<ProblemFeature>() is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
    }

    private async Task<string> TryAnswerAsync(HttpContext http, HttpResponseMessage answer)
    {
        try
        {
            return await AnswerAsync(http, answer);
        }
        catch (PayloadException fault) when (!http.Response.HasStarted)
        {
            return await RejectAsync(http, TelemetryNames.Word(fault.Fault));
        }
        catch (IOException) when (!http.Response.HasStarted)
        {
            return await RejectAsync(http, "cut_off");
        }
        catch (HttpRequestException) when (!http.Response.HasStarted)
        {
            return await RejectAsync(http, "cut_off");
        }
    }

    private async Task<string> AnswerAsync(HttpContext http, HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted))
        {
            return await RejectAsync(http, "status");
        }

        var endpoint = http.GetEndpoint()!.Metadata;
        if (endpoint.GetMetadata<SessionAnswerPolicy>() is { } session)
        {
            var document = await AnswerProjector.AdmitAsync(answer, session, http.RequestAborted);
            await WriteAsync(http, document, answer.Content.Headers.ContentType?.ToString() ?? Json);
            return "admitted";
        }

        var (state, projected) = await AnswerProjector.ProjectAsync(answer, endpoint.GetRequiredMetadata<ProjectionPolicy>(), http.RequestAborted);
        if (state is ProjectedState.Finished && http.Features.Get<TransactionFeature>() is { } transaction)
        {
            await closing.FinishAsync(transaction.Id);
        }

        await WriteAsync(http, projected, Json);
        return TelemetryNames.Word(state);
    }

    private static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> document, string type)
    {
        http.Features.Set(new ProjectionFeature());
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = type;
        response.ContentLength = document.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(document, http.RequestAborted).AsTask();
    }

    private async Task<string> RejectAsync(HttpContext http, string reason)
    {
        Log.ResponseRejected(logger, RouteName.Of(http), reason);
        await http.WriteProblemAsync(GatewayProblem.UpstreamResponseRejected);
        return reason;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ResponseRejected, LogLevel.Warning, "An answer of the adapter on route {Route} was rejected: {Reason}. Nothing of it left.", EventName = nameof(ResponseRejected))]
        internal static partial void ResponseRejected(ILogger logger, string route, string reason);
    }
}
