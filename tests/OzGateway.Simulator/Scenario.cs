namespace OzGateway.Simulator;

/// <summary>How the simulated Oz behaves. A value: set <c>SimulatorApplication.Scenario</c> to another one at any time; requests begun later follow it.</summary>
public sealed partial record Scenario
{
    /// <summary>What a check ends with. Fixed for a check at the moment it finishes. Default <see cref="Verdict.Success"/>.</summary>
    public Verdict Verdict { get; init; } = Verdict.Success;

    /// <summary>The poll, counted from 1, that finds the check finished; 0 = finished in the submission's own answer; <see cref="int.MaxValue"/> = never. Default 2.</summary>
    public int PollsUntilFinished { get; init; } = 2;

    /// <summary>How long the Web Adapter waits before it answers a submission or poll, after it has read the request. Default none; <see cref="Timeout.InfiniteTimeSpan"/> = it never answers.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>How much result answers tell. Default <see cref="ResultMode.Full"/>.</summary>
    public ResultMode ResultMode { get; init; } = ResultMode.Full;

    /// <summary>How result answers are coded. Default <see cref="AnswerEncoding.Identity"/>.</summary>
    public AnswerEncoding Encoding { get; init; } = AnswerEncoding.Identity;

    /// <summary>What is wrong with the Web Adapter's answers. Default <see cref="Breakage.None"/>.</summary>
    public Breakage Breakage { get; init; } = Breakage.None;

    /// <summary>Which answers <see cref="Breakage"/> strikes. Default <see cref="AnswerKinds.Results"/>.</summary>
    public AnswerKinds BreakageOn { get; init; } = AnswerKinds.Results;

    /// <summary>What is wrong with Oz API. Default <see cref="OzApiBreakage.None"/>.</summary>
    public OzApiBreakage OzApiBreakage { get; init; } = OzApiBreakage.None;

    /// <summary>How long Oz API waits before every answer. Default none.</summary>
    public TimeSpan? OzApiDelay { get; init; }
}
