namespace OzGateway.Simulator;

/// <content>The scenarios that have a name.</content>
public sealed partial record Scenario
{
    /// <summary>Passes at the second poll, full result mode: the default.</summary>
    public static Scenario Success { get; } = new();

    /// <summary>As <see cref="Success"/>, but declined.</summary>
    public static Scenario Declined { get; } = new() { Verdict = Verdict.Declined };

    /// <summary>As <see cref="Success"/>, but the analysis fails.</summary>
    public static Scenario Failed { get; } = new() { Verdict = Verdict.Failed };

    /// <summary>As <see cref="Success"/>, but a person has to decide.</summary>
    public static Scenario OperatorRequired { get; } = new() { Verdict = Verdict.OperatorRequired };

    /// <summary>Never finishes.</summary>
    public static Scenario Processing { get; } = new() { PollsUntilFinished = int.MaxValue };

    /// <summary>Finished in the submission's answer.</summary>
    public static Scenario Immediate { get; } = new() { PollsUntilFinished = 0 };

    /// <summary>The adapter never answers a submission or poll.</summary>
    public static Scenario Hanging { get; } = new() { Delay = Timeout.InfiniteTimeSpan };

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["success", "declined", "failed", "operator_required", "processing", "immediate", "hanging"];

    /// <summary>The scenario of that name, or null.</summary>
    /// <param name="name">One of <see cref="Names"/>; case does not matter.</param>
    public static Scenario? Named(string name) => name.ToUpperInvariant() switch
    {
        "SUCCESS" => Success,
        "DECLINED" => Declined,
        "FAILED" => Failed,
        "OPERATOR_REQUIRED" => OperatorRequired,
        "PROCESSING" => Processing,
        "IMMEDIATE" => Immediate,
        "HANGING" => Hanging,
        _ => null,
    };
}
