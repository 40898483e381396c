using Microsoft.Extensions.Primitives;
using OzGateway.Edge;
using OzGateway.Payloads;
using OzGateway.Transactions;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Builds the head of the request to the adapter anew, from an allow-list.</summary>
internal sealed class RequestHeaderTransform(UpstreamPolicy upstream) : RequestTransform
{
    /// <inheritdoc />
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var request = context.HttpContext.Request;
        var kind = context.HttpContext.Features.GetRequiredFeature<CallFeature>().Kind;
        foreach (var name in HeaderPolicy.Request(kind))
        {
            Copy(context, name, request.Headers[name]);
        }

        foreach (var name in upstream.SessionHeaders)
        {
            Copy(context, name, request.Headers[name]);
        }

        var cookies = request.Cookies.Where(cookie => upstream.SessionCookies.Contains(cookie.Key)).Select(cookie => $"{cookie.Key}={cookie.Value}");
        Copy(context, "Cookie", string.Join("; ", cookies));
        if (kind is not CallKind.Static)
        {
            // What is to be read must not come coded; answers that do all the same are decoded within bounds.
            Copy(context, "Accept-Encoding", "identity");
        }

        if (context.ProxyRequest.Content is { } content)
        {
            content.Headers.ContentLength = request.ContentLength;
        }

        DropQueryKeys(context);
        return ValueTask.CompletedTask;
    }

    // An adapter that merges query and body must not find there what was removed here.
    private static void DropQueryKeys(RequestTransformContext context)
    {
        if (!context.HttpContext.Request.QueryString.HasValue)
        {
            return;
        }

        var policy = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TransactionPolicy>();
        var dropped = policy is null
            ? []
            : policy.Set.Select(pair => pair.Key).Concat(policy.Strip).Select(MemberNames.Normalize).ToHashSet(StringComparer.Ordinal);
        dropped.Add(MemberNames.Normalize("result_mode"));
        foreach (var name in context.Query.Collection.Keys.Where(name => dropped.Contains(LastKey(name))).ToList())
        {
            context.Query.Collection.Remove(name);
        }
    }

    private static string LastKey(string name)
    {
        var end = name.EndsWith(']') ? name.Length - 1 : name.Length;
        var start = name.AsSpan(0, end).LastIndexOfAny("[.") + 1;
        return MemberNames.Normalize(name[start..end]);
    }

    private static void Copy(RequestTransformContext context, string name, StringValues values)
    {
        if (!StringValues.IsNullOrEmpty(values))
        {
            RemoveHeader(context, name);
            AddHeader(context, name, values);
        }
    }
}
