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

    public Task InvokeAsync(HttpContext context) =>
        Refuse(context) is { } refusal ? refusals.AnswerAsync(context, refusal, GatewayProblem.RequestRefused) : next(context);

    private static EdgeRefusal? Refuse(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsTrace(request.Method))
        {
            return EdgeRefusal.Method;
        }

        if (context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true || request.Headers.ContainsKey("Upgrade"))
        {
            return EdgeRefusal.Upgrade;
        }

        if (IsFramedTwice(request))
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

        return request.Headers.Host.ToString() is { Length: > 0 } host && !HostText.IsPlain(host)
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
