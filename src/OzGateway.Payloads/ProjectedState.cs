namespace OzGateway.Payloads;

/// <summary>The only two things a client may learn of a check.</summary>
public enum ProjectedState
{
    /// <summary>The check is running.</summary>
    Processing,

    /// <summary>The check is over; nothing says how it ended.</summary>
    Finished,
}
