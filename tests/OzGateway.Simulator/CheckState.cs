namespace OzGateway.Simulator;

/// <summary>What a client of the Web Adapter reads from a result answer.</summary>
public enum CheckState
{
    /// <summary>The answer has no state, or one the dialect does not know.</summary>
    Unknown,

    /// <summary>The check runs.</summary>
    Processing,

    /// <summary>The check is done.</summary>
    Finished,
}
