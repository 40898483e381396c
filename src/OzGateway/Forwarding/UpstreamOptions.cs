using System.ComponentModel.DataAnnotations;

namespace OzGateway.Forwarding;

/// <summary>A Web Adapter: where it is and what passes to and from it.</summary>
internal sealed class UpstreamOptions
{
    /// <summary>Addresses of the adapter: http or https, host and port, without a path. Several share the load.</summary>
    [Required]
    public List<Uri>? Destinations { get; set; }

    /// <summary>How the adapter's own session travels. What is not named does not pass.</summary>
    public UpstreamSessionOptions? Session { get; set; }

    /// <summary>How long the adapter may take.</summary>
    public UpstreamTimeoutOptions? Timeouts { get; set; }
}
