using System.ComponentModel.DataAnnotations;

namespace OzGateway.Hosting;

/// <summary>How the process ends.</summary>
internal sealed class DrainOptions
{
    /// <summary>After SIGTERM: not ready, still serving.</summary>
    /// <value>5s</value>
    [Range(typeof(TimeSpan), "0s", "5m")]
    public TimeSpan? NotReady { get; set; }

    /// <summary>After that: time for calls in flight; then they are cut.</summary>
    /// <value>25s</value>
    [Range(typeof(TimeSpan), "0s", "10m")]
    public TimeSpan? Timeout { get; set; }
}
