using System.Buffers;
using System.Collections.Frozen;
using OzGateway.Problems;

namespace OzGateway.Edge;

/// <summary>Refuses, before routing, what two readers could understand differently. Nothing is repaired.</summary>
internal sealed class StrictEdgeMiddleware(RequestDelegate next, EdgeRefusals refusals)
{
    // Kestrel moves the Content-Length of a request that also has a Transfer-Encoding to this name.
    private const string MovedContentLength = "X-Content-Length";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Each of them decides something here or at the adapter: one reader takes the first, another the last, a third joins them.
    private static readonly FrozenSet<string> Single = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
    [
        "Authorization", "Content-Encoding", "Content-Type", "esid", "Idempotency-Key", "If-Range", "Origin", "OzGateway-Request", "OzGateway-User", "Range", "traceparent",
        "User-Agent", "X-Forensic-Access-Token",
    ]);

    // They speak of one connection of HTTP/1.1, and a frame has its length: in a call over HTTP/2 they are malformed (RFC 9113, 8.2.2). The server refuses Connection and TE only.
    private static readonly string[] OfConnections = ["Transfer-Encoding", "Keep-Alive", "Proxy-Connection", "HTTP2-Settings"];

    public Task InvokeAsync(HttpContext context) =>
        Refuse(context) is { } refusal ? refusals.AnswerAsync(context, refusal, GatewayProblem.RequestRefused) : next(context);

    private static EdgeRefusal? Refuse(HttpContext context)
    {
        var request = context.Request;
        // Routing takes a method in small letters too, and forwarding would write it in large ones.
        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsTrace(request.Method) || request.Method.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            return EdgeRefusal.Method;
        }

        if (context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true || request.Headers.ContainsKey("Upgrade"))
        {
            return EdgeRefusal.Upgrade;
        }

        var isHttp2 = HttpProtocol.IsHttp2(request.Protocol);
        if (isHttp2 ? Array.Exists(OfConnections, request.Headers.ContainsKey) : IsFramedTwice(request))
        {
            return EdgeRefusal.Framing;
        }

        var isDoubled = false;
        foreach (var (name, values) in request.Headers)
        {
            if (name.AsSpan().ContainsAnyExcept(TokenCharacters))
            {
                return EdgeRefusal.HeaderName;
            }

            isDoubled |= values.Count > 1 && Single.Contains(name);
        }

        if (isDoubled)
        {
            return EdgeRefusal.DuplicateHeader;
        }

        // Only HTTP/1.0 needs no host. On HTTP/2 it is :authority: the server puts it in the place of whatever Host stands beside it.
        var host = request.Headers.Host.ToString();
        return (host.Length > 0 || isHttp2) && !HostText.IsPlain(host)
            ? EdgeRefusal.Host
            : TargetText.Refuse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
    }

    private static bool IsFramedTwice(HttpRequest request)
    {
        var coding = request.Headers.TransferEncoding;
        return coding.Count > 0
            && (coding.Count > 1 || coding[0] != "chunked" || request.Protocol == "HTTP/1.0" || request.Headers.ContainsKey(MovedContentLength));
    }
}
