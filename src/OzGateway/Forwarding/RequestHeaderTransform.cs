using System.Net.Sockets;
using Microsoft.Extensions.Primitives;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Transactions;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Builds the head of the request to the adapter anew, from an allow-list.</summary>
internal sealed class RequestHeaderTransform(UpstreamPolicy upstream, string publicPrefix) : RequestTransform
{
    private const string Forwarded = "Forwarded";
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedPrefix = "X-Forwarded-Prefix";

    /// <inheritdoc />
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var http = context.HttpContext;
        var request = http.Request;
        var metadata = http.GetEndpoint()?.Metadata;
        var pass = metadata?.GetMetadata<PassPolicy>();
        var kind = http.Features.GetRequiredFeature<CallFeature>().Kind;
        var role = metadata?.GetMetadata<PluginFilePolicy>()?.Pin is null ? HeaderPolicy.Request(kind) : HeaderPolicy.RequestOfPinned;
        foreach (var name in role.Concat(upstream.Session.Headers).Concat(pass?.Headers ?? []))
        {
            Copy(context, name, Plain(name, request.Headers[name]));
        }

        if (upstream.Session.Cookies.Count > 0)
        {
            Copy(context, "Cookie", RequestCookies.Pass(request.Headers.Cookie, upstream.Session.Cookies));
        }

        if (!role.Contains("Accept-Encoding"))
        {
            // What is to be read must not come coded; answers that do all the same are decoded within bounds.
            Copy(context, "Accept-Encoding", "identity");
        }

        if (context.ProxyRequest.Content is { } content)
        {
            content.Headers.ContentLength = request.ContentLength;
        }

        SetForwarded(context);
        SetWay(context, ClientAddress.SourceOf(http));
        if (http.Features.Get<DeadlineFeature>() is { } deadline)
        {
            context.ProxyRequest.Options.Set(AdapterCallHandler.Deadline, deadline);
        }

        context.ProxyRequest.RequestUri = Target(http, context.DestinationPrefix, pass);
        return ValueTask.CompletedTask;
    }

    private void SetForwarded(RequestTransformContext context)
    {
        if (publicPrefix.Length > 0 && upstream.Forwarded is UpstreamForwarded.XForwarded)
        {
            Copy(context, ForwardedPrefix, publicPrefix);
        }

        if (upstream.Forwarded is not UpstreamForwarded.None)
        {
            Copy(context, "Via", $"{context.HttpContext.Request.Protocol["HTTP/".Length..]} ozgateway");
        }
    }

    // Behind listed proxies the client is further out than the connection: the adapter is told the way as far as it is believed.
    private void SetWay(RequestTransformContext context, ClientAddressSource source)
    {
        if (upstream.Forwarded is UpstreamForwarded.None || !source.IsBehindProxy(context.HttpContext))
        {
            return;
        }

        var way = source.Way(context.HttpContext);
        if (upstream.Forwarded is UpstreamForwarded.XForwarded)
        {
            Copy(context, ForwardedFor, string.Join(", ", way));
            return;
        }

        var further = way.SkipLast(1).Select(address => $"for={(address.AddressFamily is AddressFamily.InterNetworkV6 ? $"\"[{address}]\"" : address)}");
        Copy(context, Forwarded, string.Join(", ", further.Append(TakeHeader(context, Forwarded).ToString())));
    }

    private Uri Target(HttpContext context, string destination, PassPolicy? pass)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        var path = raw.AsSpan(0, question < 0 ? raw.Length : question);
        var query = QueryKeys.Pass(context.Request.QueryString.Value ?? "", context.GetEndpoint()?.Metadata.GetMetadata<TransactionPolicy>(), pass?.Query);
        return AdapterTarget.Of(destination, path[publicPrefix.Length..], query);
    }

    // A value that is not plain ASCII is read in two ways by two servers: it does not pass. Nor do several ranges at once, whose answer is a document of its own kind.
    private static StringValues Plain(string name, StringValues values) =>
        values.All(value => value is not null && value.All(letter => letter is (>= ' ' and < (char)0x7f) or '\t'))
        && !(name.Equals("Range", StringComparison.OrdinalIgnoreCase) && values.ToString().Contains(',', StringComparison.Ordinal))
            ? values : StringValues.Empty;

    private static void Copy(RequestTransformContext context, string name, StringValues values)
    {
        if (!StringValues.IsNullOrEmpty(values))
        {
            RemoveHeader(context, name);
            AddHeader(context, name, values);
        }
    }
}
