using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace OzGateway.Forwarding;

/// <summary>How connections to the adapter are made: no redirects, no cookies of their own, no decoding, no proxy.</summary>
internal sealed class UpstreamHttpClients(ForwardingPlan plan) : ForwarderHttpClientFactory
{
    private const int MaxResponseHeadersKiB = 64;

    /// <inheritdoc />
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.UseProxy = false;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.MaxResponseHeadersLength = MaxResponseHeadersKiB;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5); // a changed address of the adapter is found again
        handler.ConnectTimeout = plan.Upstreams[context.ClusterId].ConnectTimeout;
    }
}
