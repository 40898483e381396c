using System.ComponentModel.DataAnnotations;

namespace OzGateway.Forwarding;

/// <summary>How long the adapter may take. When a time passes before the answer has begun, the client gets 504 <c>upstream_timeout</c>; later the connection is cut.</summary>
internal sealed class UpstreamTimeoutOptions
{
    /// <summary>Time to connect, TLS included.</summary>
    /// <value>5s</value>
    [Range(typeof(TimeSpan), "100ms", "1m")]
    public TimeSpan? Connect { get; set; }

    /// <summary>Longest silence while bytes are due, in either direction. The only time that holds for files, besides connecting.</summary>
    /// <value>30s</value>
    [Range(typeof(TimeSpan), "1s", "10m")]
    public TimeSpan? Silence { get; set; }

    /// <summary>Whole time of a poll or of any small call.</summary>
    /// <value>30s</value>
    [Range(typeof(TimeSpan), "1s", "10m")]
    public TimeSpan? Poll { get; set; }

    /// <summary>From the end of a poll or of any small call to the beginning of its answer. The whole time ends it in any case.</summary>
    /// <value>15s</value>
    [Range(typeof(TimeSpan), "1s", "10m")]
    public TimeSpan? PollFirstByte { get; set; }

    /// <summary>Whole time of a submission, upload and answer. The attempt stays pending when it passes after the upload was sent.</summary>
    /// <value>180s</value>
    [Range(typeof(TimeSpan), "1s", "1h")]
    public TimeSpan? Submission { get; set; }

    /// <summary>From the end of an upload to the beginning of its answer. The whole time ends it in any case.</summary>
    /// <value>60s</value>
    [Range(typeof(TimeSpan), "1s", "1h")]
    public TimeSpan? SubmissionFirstByte { get; set; }
}
