namespace OzGateway.Simulator.WebAdapter;

/// <summary>How an answer's bytes end on the wire.</summary>
internal enum AnswerEnding
{
    /// <summary>As announced.</summary>
    Whole,

    /// <summary>In the middle, with the connection cut.</summary>
    Cut,

    /// <summary>Before the first byte, with the connection cut.</summary>
    Nothing,

    /// <summary>In the middle, with the connection open until the client goes.</summary>
    Stalled,
}
