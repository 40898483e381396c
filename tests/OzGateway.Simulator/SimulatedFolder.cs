namespace OzGateway.Simulator;

/// <summary>A folder as Oz API holds it. A value; build any, also contradictory ones, with <c>with</c>.</summary>
public sealed record SimulatedFolder
{
    /// <summary>Its id; default a new one.</summary>
    public string FolderId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>The company's id.</summary>
    public string CompanyId { get; init; } = "11111111-1111-4111-8111-111111111111";

    /// <summary>The account's id.</summary>
    public string UserId { get; init; } = "22222222-2222-4222-8222-222222222222";

    /// <summary>The analysis group's id.</summary>
    public string GroupId { get; init; } = "77777777-7777-4777-8777-777777777777";

    /// <summary>The folder's metadata.</summary>
    public IReadOnlyDictionary<string, string> MetaData { get; init; } = new Dictionary<string, string>();

    /// <summary>Its media.</summary>
    public IReadOnlyList<SimulatedMedia> Media { get; init; } = [];

    /// <summary>Its analyses; default one QUALITY that is processing.</summary>
    public IReadOnlyList<SimulatedAnalysis> Analyses { get; init; } = [new()];

    /// <summary><c>INITIAL</c>, <c>PROCESSING</c> (default), <c>FINISHED</c> or <c>FAILED</c>.</summary>
    public string ResolutionStatus { get; init; } = "PROCESSING";

    /// <summary><c>INITIAL</c>, <c>PROCESSING</c> (default), <c>SUCCESS</c>, <c>DECLINED</c>, <c>OPERATOR_REQUIRED</c> or <c>FAILED</c>.</summary>
    public string SystemResolution { get; init; } = "PROCESSING";

    /// <summary>When it came to be. A default value is replaced by the simulator's clock when the folder is added.</summary>
    public DateTimeOffset TimeCreated { get; init; }

    /// <summary>When it was last changed. A default value is replaced as above.</summary>
    public DateTimeOffset TimeUpdated { get; init; }

    /// <summary>Whether the check is over.</summary>
    public bool IsFinished => ResolutionStatus is "FINISHED" or "FAILED";

    /// <summary>The folder of a transaction under the key <c>transaction_id</c>.</summary>
    /// <param name="transactionId">The value.</param>
    /// <param name="verdict">How the check ended; null = it runs.</param>
    public static SimulatedFolder Of(string transactionId, Verdict? verdict = Verdict.Success)
    {
        var running = new SimulatedFolder { MetaData = new Dictionary<string, string> { ["transaction_id"] = transactionId }, Media = [new()] };
        return verdict is { } end ? running.Finished(end) : running;
    }

    /// <summary>The same folder with its check ended.</summary>
    /// <param name="verdict">How it ended.</param>
    public SimulatedFolder Finished(Verdict verdict)
    {
        var (status, resolution) = verdict switch
        {
            Verdict.Success => ("FINISHED", "SUCCESS"),
            Verdict.Declined => ("FINISHED", "DECLINED"),
            Verdict.Failed => ("FAILED", "FAILED"),
            Verdict.OperatorRequired => ("FINISHED", "OPERATOR_REQUIRED"),
            _ => throw new InvalidOperationException($"Verdict '{verdict}' has no resolution."),
        };
        var quality = (Analyses.Count > 0 ? Analyses[0] : new()) with
        {
            State = status,
            Resolution = verdict == Verdict.OperatorRequired ? "SUCCESS" : resolution,
        };
        SimulatedAnalysis[] analyses = verdict == Verdict.OperatorRequired
            ? [quality, new() { Type = "BIOMETRY", State = status, Resolution = resolution }]
            : [quality];
        return this with { ResolutionStatus = status, SystemResolution = resolution, Analyses = analyses };
    }
}
