using OzGateway.Forwarding;
using OzGateway.OzApi;

namespace OzGateway.Configuration;

/// <summary>The servers behind the gateway: <c>oz_api</c>, and Web Adapters by name. The embedded routes lead to <c>web_adapter</c>.</summary>
internal sealed class UpstreamsOptions : Dictionary<string, UpstreamOptions>
{
    /// <summary>One account at Oz API. Without it verdicts are <c>not_available</c>.</summary>
    public OzApiOptions? OzApi { get; set; }
}
