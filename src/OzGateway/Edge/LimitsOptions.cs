using System.ComponentModel.DataAnnotations;

namespace OzGateway.Edge;

/// <summary>Largest bodies of calls. A larger one is answered 413.</summary>
internal sealed class LimitsOptions
{
    /// <summary>Body of a submission.</summary>
    /// <value>64MiB</value>
    [Range(typeof(long), "1KiB", "1GiB")]
    public long? Submission { get; set; }

    /// <summary>Body of a poll. On an exchange route a call that declares more is a submission.</summary>
    /// <value>64KiB</value>
    [Range(typeof(long), "1KiB", "1MiB")]
    public long? Poll { get; set; }

    /// <summary>Body of a telemetry call.</summary>
    /// <value>64KiB</value>
    [Range(typeof(long), "1KiB", "1MiB")]
    public long? Telemetry { get; set; }

    /// <summary>Body of every other call.</summary>
    /// <value>1MiB</value>
    [Range(typeof(long), "1KiB", "64MiB")]
    public long? Body { get; set; }
}
