using System.Diagnostics;
using OzGateway.Edge;
using OzGateway.Payloads;
using OzGateway.Problems;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Projection;

/// <summary>Reads the adapter's answer whole and writes what may leave of it. Any surprise is an empty-handed 502.</summary>
internal sealed partial class ProjectionTransform(
    CheckObserver observer, AdapterWatch watch, GatewayMetrics metrics, ILogger<ProjectionTransform> logger) : ResponseTransform
{
    private const string Json = "application/json";

    /// <inheritdoc />
    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        var http = context.HttpContext;
        if (context.ProxyResponse is not { } answer || http.Features.Get<CallFeature>() is not { } call)
        {
            return;
        }

        if (call.Kind is CallKind.Static)
        {
            // Files have a judge of their own.
            return;
        }

        context.SuppressResponseBody = true;
        if (call.Kind is CallKind.Telemetry)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await ReadAsync(http, answer, await answer.Content.ReadAsStreamAsync(http.RequestAborted));
    }

    /// <summary>Reads an answer and writes what of it may leave.</summary>
    /// <param name="http">The call.</param>
    /// <param name="answer">The head of the answer.</param>
    /// <param name="body">Its body.</param>
    public async ValueTask ReadAsync(HttpContext http, HttpResponseMessage answer, Stream body)
    {
        using var span = Tracing.Source.StartActivity(TelemetryNames.ProjectionSpan);
        var word = await TryAnswerAsync(http, answer, body);
        metrics.Projected(RouteName.Of(http), word);
        span?.SetTag(TelemetryNames.ResultTag, word);
        span?.SetStatus(http.Features.Get<ProblemFeature>() is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
    }

    private async ValueTask<string> TryAnswerAsync(HttpContext http, HttpResponseMessage answer, Stream body)
    {
        try
        {
            return AnswerHead.Refuse(answer) is { } refusal ? await RejectAsync(http, TelemetryNames.Word(refusal)) : await AnswerAsync(http, answer, body);
        }
        catch (PayloadException fault) when (!http.Response.HasStarted)
        {
            return await RejectAsync(http, TelemetryNames.Word(fault.Fault));
        }
        catch (AnswerRefusedException refused) when (!http.Response.HasStarted)
        {
            return await RejectAsync(http, TelemetryNames.Word(refused.Refusal));
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException && !http.Response.HasStarted)
        {
            return await RejectAsync(http, TelemetryNames.Word(AnswerRefusal.CutOff));
        }
    }

    private async ValueTask<string> AnswerAsync(HttpContext http, HttpResponseMessage answer, Stream body)
    {
        var endpoint = http.GetEndpoint()!.Metadata;
        if (endpoint.GetMetadata<SessionAnswerPolicy>() is { } session)
        {
            using var admitted = await AnswerProjector.AdmitAsync(answer, body, session, http.RequestAborted);
            await WriteAsync(http, admitted.Document, AnswerHead.ContentType(answer, out _) ?? Json);
            return "admitted";
        }

        var policy = endpoint.GetRequiredMetadata<ProjectionPolicy>();
        var projected = await AnswerProjector.ProjectAsync(answer, body, policy, http.RequestAborted);
        watch.See(RouteName.Of(http), policy, projected);
        if (http.Features.Get<TransactionFeature>() is { } transaction)
        {
            await observer.SeeAsync(http, transaction, Seen(projected));
        }

        await WriteAsync(http, projected.Document, Json);
        return projected.State is ProjectedState.Processing ? "processing" : "finished";
    }

    private static CheckSeen Seen(ProjectedAnswer answer) => new(
        answer.State is ProjectedState.Finished,
        answer.Observations.FolderId is { } folder ? new FolderId(folder) : null,
        answer.Observations.Outcome switch
        {
            ObservedOutcome.None => null,
            ObservedOutcome.Succeeded => CheckOutcome.Succeeded,
            ObservedOutcome.Declined => CheckOutcome.Declined,
            _ => throw new InvalidOperationException($"Observed outcome '{answer.Observations.Outcome}' means nothing."),
        });

    private static ValueTask WriteAsync(HttpContext http, ReadOnlyMemory<byte> document, string type)
    {
        http.Features.Set(ProjectionFeature.Instance);
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = type;
        response.ContentLength = document.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(document, http.RequestAborted);
    }

    private async ValueTask<string> RejectAsync(HttpContext http, string reason)
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
