namespace OzGateway.Forwarding;

/// <summary>A Web Adapter: where it is and what passes to and from it.</summary>
internal sealed record UpstreamPolicy
{
    /// <summary>Key under <c>upstreams</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute http or https addresses. At least one.</summary>
    public required IReadOnlyList<Uri> Destinations { get; init; }

    /// <summary>Cookies of the adapter's own session, passed both ways. Default: none.</summary>
    public required IReadOnlySet<string> SessionCookies { get; init; }

    /// <summary>Headers of the adapter's own session, passed both ways. Default: none.</summary>
    public required IReadOnlySet<string> SessionHeaders { get; init; }

    /// <summary>Time to connect. Default 5s.</summary>
    public required TimeSpan ConnectTimeout { get; init; }

    /// <summary>Longest silence while bytes are due. Default 30s.</summary>
    public required TimeSpan SilenceTimeout { get; init; }

    /// <summary>Whole time of a poll or any small call. Default 30s.</summary>
    public required TimeSpan PollTimeout { get; init; }

    /// <summary>Whole time of a submission. Default 180s.</summary>
    public required TimeSpan SubmissionTimeout { get; init; }
}
