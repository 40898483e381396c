using System.ComponentModel.DataAnnotations;

namespace OzGateway.Hosting;

/// <summary>How the process ends.</summary>
internal sealed class DrainOptions
{
    /// <summary>After SIGTERM: not ready, still serving; connections close behind their answers. Ctrl+C skips it.</summary>
    /// <value>5s</value>
    [Range(typeof(TimeSpan), "0s", "5m")]
    public TimeSpan? NotReady { get; set; }

    /// <summary>After that, until the process has ended: no new connections, idle ones are closed, calls in flight finish. The last tenth (2s at most) is for cutting what is left. The exit code is 0 all the same. A second signal cuts at once.</summary>
    /// <value>25s</value>
    [Range(typeof(TimeSpan), "0s", "10m")]
    public TimeSpan? Timeout { get; set; }
}
