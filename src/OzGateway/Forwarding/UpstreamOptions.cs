using System.ComponentModel.DataAnnotations;

namespace OzGateway.Forwarding;

/// <summary>A Web Adapter: where it is and what passes to and from it.</summary>
internal sealed class UpstreamOptions
{
    /// <summary>Addresses of the adapter: http or https, host and port, without a path. Several share the load.</summary>
    [Required]
    public List<Uri>? Destinations { get; set; }

    /// <summary>Path under which the adapter lives on its own side, for example <c>/tenant</c>: set before every path that is forwarded.</summary>
    /// <value>none</value>
    public string? Prefix { get; set; }

    /// <summary>Which name of a host the adapter reads in the header <c>Host</c>.</summary>
    /// <value>adapter</value>
    public UpstreamHost? Host { get; set; }

    /// <summary>How an adapter that builds absolute addresses learns where the browser came to. Set anew in every call; what the browser sent of it never passes.</summary>
    /// <value>x_forwarded</value>
    public UpstreamForwarded? Forwarded { get; set; }

    /// <summary>How the adapter's own session travels. What is not named does not pass.</summary>
    public UpstreamSessionOptions? Session { get; set; }

    /// <summary>How calls of one session stay on one of several adapters, which keep their sessions on a disk of their own.</summary>
    public UpstreamAffinityOptions? Affinity { get; set; }

    /// <summary>How an adapter that is down is told.</summary>
    public UpstreamHealthOptions? Health { get; set; }

    /// <summary>How an https adapter proves who it is. Its name is always checked.</summary>
    public UpstreamTlsOptions? Tls { get; set; }

    /// <summary>How long the adapter may take.</summary>
    public UpstreamTimeoutOptions? Timeouts { get; set; }
}

/// <summary>Which name of a host the adapter reads.</summary>
internal enum UpstreamHost
{
    /// <summary>Its own, from its address.</summary>
    Adapter,

    /// <summary>The one the browser asked for.</summary>
    Public,
}

/// <summary>How the adapter learns where the browser came to.</summary>
internal enum UpstreamForwarded
{
    /// <summary><c>X-Forwarded-For</c>, <c>-Host</c>, <c>-Proto</c>, and <c>-Prefix</c> where there is one.</summary>
    XForwarded,

    /// <summary><c>Forwarded</c> (RFC 7239), which knows no prefix.</summary>
    Forwarded,

    /// <summary>Not at all.</summary>
    None,
}
