using System.Net;
using OzGateway.Edge;
using OzGateway.Problems;
using OzGateway.Telemetry;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Lets files pass: what is a file by its status and type, with headers by allow-list. Redirects, error pages and documents of other kinds end here.</summary>
internal sealed partial class StaticAnswerTransform(
    PluginFilePolicy policy, ResponseHeaderTransform headers, GatewayMetrics metrics, ILogger<StaticAnswerTransform> logger) : ResponseTransform
{
    /// <inheritdoc />
    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } answer)
        {
            return;
        }

        var http = context.HttpContext;
        var content = ReadOnlyMemory<byte>.Empty;
        var isPinned = policy.Pin is not null && answer.StatusCode is HttpStatusCode.OK && HttpMethods.IsGet(http.Request.Method);
        var refusal = Refuse(answer);
        if (refusal is null && isPinned)
        {
            // Verified whole before its first byte leaves: a script that was changed runs nowhere.
            (content, refusal) = await VerifyAsync(http, answer);
        }

        // The adapter's own words end here, whatever happens next.
        context.SuppressResponseBody = refusal is not null || isPinned || answer.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable;
        if (refusal is { } reason)
        {
            http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
            Report(http, reason);
            await http.WriteProblemAsync(reason is FileRefusal.NotFound ? GatewayProblem.NotFound : GatewayProblem.UpstreamResponseRejected);
            return;
        }

        await headers.ApplyAsync(context);
        policy.SetCaching(http.Response.Headers);
        if (context.SuppressResponseBody)
        {
            http.Response.Headers.Remove(isPinned ? "Accept-Ranges" : "Content-Type");
            http.Response.ContentLength = content.Length;
            await http.Response.Body.WriteAsync(content, http.RequestAborted);
        }
    }

    private FileRefusal? Refuse(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        200 or 206 when !policy.Allows(ContentType(answer)) => FileRefusal.Type,
        200 when policy.Pin is not null && answer.Content.Headers.NonValidated.Contains("Content-Encoding") => FileRefusal.Pin, // asked for plain
        206 when policy.Pin is not null => FileRefusal.Pin, // asked for whole
        200 or 206 or 304 or 416 => null,
        403 or 404 or 410 => FileRefusal.NotFound,
        > 300 and < 400 => FileRefusal.Redirect,
        _ => FileRefusal.Status,
    };

    // Two types are none that could be judged.
    private static string? ContentType(HttpResponseMessage answer) =>
        answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.Count == 1 ? values.ToString() : "two" : null;

    private async Task<(ReadOnlyMemory<byte> Content, FileRefusal? Refusal)> VerifyAsync(HttpContext http, HttpResponseMessage answer)
    {
        if (await ReadAsync(answer, http.RequestAborted) is not { } content)
        {
            return (default, FileRefusal.Pin);
        }

        if (policy.Pin!.Includes(content))
        {
            return (content, null);
        }

        if (policy.Pin.OnMismatch is PinMismatch.Block)
        {
            return (default, FileRefusal.Pin);
        }

        Report(http, FileRefusal.Pin);
        return (content, null);
    }

    private void Report(HttpContext http, FileRefusal reason)
    {
        var (route, word) = (RouteName.Of(http), TelemetryNames.Word(reason));
        metrics.FileRefused(route, word);
        if (reason is FileRefusal.Pin)
        {
            Log.PinMismatch(logger, route, TelemetryNames.Word(policy.Pin!.OnMismatch));
        }
        else
        {
            Log.FileRefused(logger, route, word);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength > FilePin.MaxBytes)
        {
            return null;
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream((int)(answer.Content.Headers.ContentLength ?? 0));
        var block = new byte[64 * 1024];
        for (var read = await body.ReadAsync(block, cancellationToken); read > 0; read = await body.ReadAsync(block, cancellationToken))
        {
            if (whole.Length + read > FilePin.MaxBytes)
            {
                return null;
            }

            whole.Write(block, 0, read);
        }

        return whole.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FileRefused, LogLevel.Information, "A file of the adapter on route {Route} did not pass: {Reason}.", EventName = nameof(FileRefused))]
        internal static partial void FileRefused(ILogger logger, string route, string reason);

        [LoggerMessage(EventIds.PinMismatch, LogLevel.Error, "A file of the adapter on route {Route} is not one of those that are pinned: {OnMismatch}.", EventName = nameof(PinMismatch))]
        internal static partial void PinMismatch(ILogger logger, string route, string onMismatch);
    }
}
