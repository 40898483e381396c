namespace OzGateway.Simulator;

/// <summary>Which answers of the Web Adapter are meant.</summary>
[Flags]
public enum AnswerKinds
{
    /// <summary>No answer.</summary>
    None = 0,

    /// <summary>Answers to submissions.</summary>
    Submissions = 1,

    /// <summary>Answers to polls.</summary>
    Polls = 2,

    /// <summary>Answers to submissions and polls.</summary>
    Results = Submissions | Polls,

    /// <summary>Answers of the configuration and of the call that opens an adapter session.</summary>
    Sessions = 4,

    /// <summary>Answers to telemetry.</summary>
    Telemetry = 8,

    /// <summary>All of these.</summary>
    All = Results | Sessions | Telemetry,
}
