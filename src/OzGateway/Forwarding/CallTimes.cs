namespace OzGateway.Forwarding;

/// <summary>The times that hold for one call.</summary>
/// <param name="Total">The whole of it.</param>
/// <param name="FirstByte">From the end of the request to the beginning of the answer.</param>
/// <param name="Silence">While bytes are due, in either direction.</param>
internal readonly record struct CallTimes(TimeSpan Total, TimeSpan FirstByte, TimeSpan Silence)
{
    /// <summary>While a piece of the answer waits for the client. Default none: an answer in one piece needs none.</summary>
    public TimeSpan Taking { get; init; } = Timeout.InfiniteTimeSpan;
}
