using System.Net.Sockets;
using OzGateway.Identity;
using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Builds the head of a forwarded request anew, and puts the call under its deadline.</summary>
internal sealed class RequestHeaderTransform(RequestHead head, UpstreamForwarded forwarded) : RequestTransform
{
    private const string Forwarded = "Forwarded";

    /// <inheritdoc />
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var http = context.HttpContext;
        head.Write(http, context.ProxyRequest, context.DestinationPrefix);
        if (context.ProxyRequest.Content is { } content)
        {
            content.Headers.ContentLength = http.Request.ContentLength;
        }

        if (forwarded is UpstreamForwarded.Forwarded && ClientAddress.SourceOf(http) is var source && source.IsBehindProxy(http))
        {
            SetWay(context, source);
        }

        if (http.Features.Get<DeadlineFeature>() is { } deadline)
        {
            context.ProxyRequest.Options.Set(AdapterCallHandler.Deadline, deadline);
        }

        return ValueTask.CompletedTask;
    }

    // Behind listed proxies the client is further out than the connection: the adapter is told the way as far as it is believed.
    private static void SetWay(RequestTransformContext context, ClientAddressSource source)
    {
        var further = source.Way(context.HttpContext).SkipLast(1)
            .Select(address => $"for={(address.AddressFamily is AddressFamily.InterNetworkV6 ? $"\"[{address}]\"" : address)}");
        var way = string.Join(", ", further.Append(TakeHeader(context, Forwarded).ToString()));
        RemoveHeader(context, Forwarded);
        AddHeader(context, Forwarded, way);
    }
}
