using System.Buffers;
using OzGateway.Problems;
using OzGateway.Telemetry;

namespace OzGateway.Edge;

/// <summary>Refuses, before routing, what two readers could understand differently. Nothing is repaired.</summary>
internal sealed partial class StrictEdgeMiddleware(RequestDelegate next, GatewayMetrics metrics, ILogger<StrictEdgeMiddleware> logger)
{
    // Kestrel moves the Content-Length of a request that also has a Transfer-Encoding to this name.
    private const string MovedContentLength = "X-Content-Length";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\;#\0");
    private static readonly SearchValues<string> ForbiddenEncodings =
        SearchValues.Create(["%2f", "%5c", "%00", "%25", "%2e", "//", "/./", "/../"], StringComparison.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context)
    {
        if (Reason(context) is { } reason)
        {
            metrics.Refused(reason);
            Log.Refused(logger, reason);
            context.Response.Headers.Connection = "close";
            await context.WriteProblemAsync(GatewayProblem.RequestRefused);
            return;
        }

        await next(context);
    }

    private static string? Reason(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsTrace(request.Method))
        {
            return "method";
        }

        if (context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true || request.Headers.ContainsKey("Upgrade"))
        {
            return "upgrade";
        }

        var coding = request.Headers.TransferEncoding;
        if (coding.Count > 0 && (coding.Count > 1 || coding[0] != "chunked" || request.Protocol == "HTTP/1.0"
            || request.Headers.ContainsKey(MovedContentLength)))
        {
            return "framing";
        }

        return PathReason(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
    }

    private static string? PathReason(string target)
    {
        if (!target.StartsWith('/'))
        {
            return "target_form";
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target.AsSpan() : target.AsSpan(0, query);
        return path.ContainsAny(Forbidden) || path.ContainsAny(ForbiddenEncodings)
            || path.EndsWith("/.", StringComparison.Ordinal) || path.EndsWith("/..", StringComparison.Ordinal)
            ? "path" : null;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestRefused, LogLevel.Information, "A request was refused at the edge: {Reason}.", EventName = "RequestRefused")]
        internal static partial void Refused(ILogger logger, string reason);
    }
}
