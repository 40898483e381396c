using System.ComponentModel.DataAnnotations;

namespace OzGateway.Forwarding;

/// <summary>How an adapter that is down is told.</summary>
internal sealed class UpstreamHealthOptions
{
    /// <summary>From calls: an adapter that could not be reached gets no new sessions for 10s, where another one is there. The last one is always tried.</summary>
    /// <value>true</value>
    public bool? Passive { get; set; }

    /// <summary>From probes: an adapter that failed two probes in a row gets no call until one succeeds. Where none is left, calls are answered 502 <c>upstream_unavailable</c> at once.</summary>
    /// <value>no probes: no path of the adapter is documented as harmless</value>
    public ActiveHealthOptions? Active { get; set; }
}

/// <summary>How an adapter is probed.</summary>
internal sealed class ActiveHealthOptions
{
    /// <summary>Path that is read with GET, behind the adapter's prefix: one that costs the adapter little and changes nothing, such as the plugin's script. Any answer below 500 is a success.</summary>
    [Required]
    public string? Path { get; set; }

    /// <summary>Time between two probes.</summary>
    /// <value>10s</value>
    [Range(typeof(TimeSpan), "1s", "10m")]
    public TimeSpan? Interval { get; set; }

    /// <summary>Time for one probe.</summary>
    /// <value>5s</value>
    [Range(typeof(TimeSpan), "100ms", "1m")]
    public TimeSpan? Timeout { get; set; }
}
