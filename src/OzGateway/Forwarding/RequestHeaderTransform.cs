using Microsoft.Extensions.Primitives;
using OzGateway.Edge;
using OzGateway.Transactions;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Builds the head of the request to the adapter anew, from an allow-list.</summary>
internal sealed class RequestHeaderTransform(UpstreamPolicy upstream, string publicPrefix) : RequestTransform
{
    private const string ForwardedPrefix = "X-Forwarded-Prefix";

    /// <inheritdoc />
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var request = context.HttpContext.Request;
        var kind = context.HttpContext.Features.GetRequiredFeature<CallFeature>().Kind;
        foreach (var name in HeaderPolicy.Request(kind))
        {
            Copy(context, name, request.Headers[name]);
        }

        foreach (var name in upstream.Session.Headers)
        {
            Copy(context, name, request.Headers[name]);
        }

        if (upstream.Session.Cookies.Count > 0)
        {
            var cookies = request.Cookies.Where(cookie => upstream.Session.Cookies.Contains(cookie.Key)).Select(cookie => $"{cookie.Key}={cookie.Value}");
            Copy(context, "Cookie", string.Join("; ", cookies));
        }

        if (kind is not CallKind.Static)
        {
            // What is to be read must not come coded; answers that do all the same are decoded within bounds.
            Copy(context, "Accept-Encoding", "identity");
        }

        if (context.ProxyRequest.Content is { } content)
        {
            content.Headers.ContentLength = request.ContentLength;
        }

        if (publicPrefix.Length > 0)
        {
            // Routing may have matched it in other letters, never in another length.
            context.Path = context.Path.Value![publicPrefix.Length..];
            Copy(context, ForwardedPrefix, upstream.Forwarded is UpstreamForwarded.XForwarded ? publicPrefix : StringValues.Empty);
        }

        if (context.HttpContext.Features.Get<DeadlineFeature>() is { } deadline)
        {
            context.ProxyRequest.Options.Set(AdapterCallHandler.Deadline, deadline);
        }

        var policy = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<TransactionPolicy>();
        foreach (var name in QueryKeys.Dropped(context.Query.Collection.Keys, policy))
        {
            context.Query.Collection.Remove(name);
        }

        return ValueTask.CompletedTask;
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
