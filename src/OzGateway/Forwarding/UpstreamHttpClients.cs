using System.Net;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace OzGateway.Forwarding;

/// <summary>How connections to the adapter are made: no redirects, no cookies of their own, no decoding, no proxy.</summary>
internal sealed class UpstreamHttpClients(ForwardingPlan plan, TraceExport export) : ForwarderHttpClientFactory
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
        handler.MaxResponseDrainSize = 0; // an answer that was refused is not read to its end for the sake of its connection
        handler.MaxResponseHeadersLength = MaxResponseHeadersKiB;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5); // a changed address of the adapter is found again
        if (!export.IsOn)
        {
            handler.ActivityHeadersPropagator = null; // no span of the client: the head of the request carries the context
        }

        var upstream = plan.Upstreams[context.ClusterId];
        handler.ConnectTimeout = upstream.ConnectTimeout;
        if (upstream.Authorities is { } authorities)
        {
            // The name is checked all the same: that is left to the base library, as nothing here calls back.
            var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trust.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = trust;
        }
    }

    /// <inheritdoc />
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        base.WrapHandler(context, new AdapterCallHandler { InnerHandler = handler });
}
