using System.ComponentModel.DataAnnotations;

namespace OzGateway.Hosting;

/// <summary>One port.</summary>
internal class DoorOptions
{
    /// <summary>IP address and port, for example <c>0.0.0.0:8080</c> or <c>[::1]:8080</c>. Port 0 takes any free one.</summary>
    /// <value>public 0.0.0.0:8080, backend 0.0.0.0:8081, admin 127.0.0.1:9090</value>
    public string? Address { get; set; }

    /// <summary>TLS 1.2 or 1.3 at this door. Without it the door speaks plain http, for where something in front of it, or a mesh, ends TLS.</summary>
    public DoorTlsOptions? Tls { get; set; }

    /// <summary>What is spoken. With <c>tls</c> client and door agree on one (ALPN). Without <c>tls</c> they cannot: one protocol only, and <c>http2</c> then means clients that know it beforehand (gRPC-style proxies, not browsers).</summary>
    /// <value>[http1, http2] with tls, [http1] without</value>
    public List<DoorProtocol>? Protocols { get; set; }

    /// <summary>Connections at once. One more is closed before a byte of it is read, counted in <c>ozgateway.connections.refused</c>. Each door has its own count: a flood of browsers leaves backend and probes their connections.</summary>
    /// <value>public 10000, backend 1000, admin 250</value>
    [Range(1, 1_000_000)]
    public int? Connections { get; set; }
}

/// <summary>A version of HTTP.</summary>
internal enum DoorProtocol
{
    /// <summary>HTTP/1.1 (and 1.0).</summary>
    Http1,

    /// <summary>HTTP/2.</summary>
    Http2,
}
