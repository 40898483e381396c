using Yarp.ReverseProxy.Transforms;

namespace OzGateway.Forwarding;

/// <summary>Builds the head of a forwarded request anew, and puts the call under its deadline.</summary>
internal sealed class RequestHeaderTransform(RequestHead head) : RequestTransform
{
    /// <inheritdoc />
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var http = context.HttpContext;
        head.Write(http, context.ProxyRequest, context.DestinationPrefix);
        if (context.ProxyRequest.Content is { } content)
        {
            content.Headers.ContentLength = http.Request.ContentLength;
        }

        if (http.Features.Get<DeadlineFeature>() is { } deadline)
        {
            context.ProxyRequest.Options.Set(AdapterCallHandler.Deadline, deadline);
        }

        return ValueTask.CompletedTask;
    }
}
