namespace OzGateway.Forwarding;

/// <summary>Which time of a call has passed.</summary>
internal enum UpstreamLimit
{
    /// <summary>The whole of it.</summary>
    Total,

    /// <summary>The adapter had everything and began no answer.</summary>
    FirstByte,

    /// <summary>The adapter stopped taking the request, or stopped in the middle of its answer.</summary>
    Silence,
}
