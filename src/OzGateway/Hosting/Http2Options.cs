using System.ComponentModel.DataAnnotations;

namespace OzGateway.Hosting;

/// <summary>What one HTTP/2 connection may ask. Frames are 16KiB and the header table 4KiB, as the protocol has them.</summary>
internal sealed class Http2Options
{
    /// <summary>Calls at once on one connection.</summary>
    /// <value>100</value>
    [Range(1, 10_000)]
    public int? Streams { get; set; }

    /// <summary>A connection without a frame for so long is asked whether it is alive.</summary>
    /// <value>60s</value>
    [Range(typeof(TimeSpan), "5s", "1h")]
    public TimeSpan? PingAfter { get; set; }

    /// <summary>And closed when it does not answer within this.</summary>
    /// <value>20s</value>
    [Range(typeof(TimeSpan), "1s", "5m")]
    public TimeSpan? PingTimeout { get; set; }

    /// <summary>What a client may send of one call before the gateway has taken it: memory per upload, and with the round trip its speed.</summary>
    /// <value>768KiB</value>
    [Range(typeof(long), "64KiB", "16MiB")]
    public long? StreamWindow { get; set; }

    /// <summary>The same for all calls of one connection together; at least <c>stream_window</c>.</summary>
    /// <value>1MiB</value>
    [Range(typeof(long), "64KiB", "64MiB")]
    public long? ConnectionWindow { get; set; }
}
