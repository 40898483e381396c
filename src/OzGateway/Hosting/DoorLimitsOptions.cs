using System.ComponentModel.DataAnnotations;

namespace OzGateway.Hosting;

/// <summary>What one connection may ask of the gateway; holds at every door.</summary>
internal sealed class DoorLimitsOptions
{
    /// <summary>For the head of a request to arrive. When it passes: 408, or on HTTP/2 the connection ends.</summary>
    /// <value>10s</value>
    [Range(typeof(TimeSpan), "1s", "5m")]
    public TimeSpan? HeadTimeout { get; set; }

    /// <summary>An idle connection is closed after that. Longer than the load balancer in front keeps its own, or it may send into a closing one.</summary>
    /// <value>130s</value>
    [Range(typeof(TimeSpan), "1s", "1h")]
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>For the TLS handshake.</summary>
    /// <value>10s</value>
    [Range(typeof(TimeSpan), "1s", "1m")]
    public TimeSpan? HandshakeTimeout { get; set; }

    /// <summary>All headers of a request together. More: 431.</summary>
    /// <value>32KiB</value>
    [Range(typeof(long), "4KiB", "1MiB")]
    public long? HeadSize { get; set; }

    /// <summary>Headers of a request. More: 431.</summary>
    /// <value>100</value>
    [Range(10, 1000)]
    public int? Headers { get; set; }

    /// <summary>Bytes in each second that a body must bring on average, 5s after it was first waited for. A slower client is cut off.</summary>
    /// <value>1KiB</value>
    [Range(typeof(long), "64B", "1MiB")]
    public long? UploadRate { get; set; }

    /// <summary>Bytes in each second that a client must take of an answer on average, 5s after the first. A slower one is cut off; what the system has taken for it counts as taken.</summary>
    /// <value>4KiB</value>
    [Range(typeof(long), "64B", "1MiB")]
    public long? DownloadRate { get; set; }

    /// <summary>A client that takes nothing at all of what was sent to it for so long is cut off, whatever it took before. A call whose answer waits for its client beyond that, by more than `download_rate` explains, ends too.</summary>
    /// <value>30s</value>
    [Range(typeof(TimeSpan), "1s", "10m")]
    public TimeSpan? SendTimeout { get; set; }

    /// <summary>HTTP/2.</summary>
    public Http2Options? Http2 { get; set; }
}
