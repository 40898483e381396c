namespace OzGateway.Simulator;

/// <summary>An analysis of a folder, in Oz API's words.</summary>
public sealed record SimulatedAnalysis
{
    /// <summary>Its id; default a new one.</summary>
    public string AnalysisId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>Its type: <c>QUALITY</c> (default), <c>BIOMETRY</c>, <c>COLLECTION</c>, <c>DOCUMENTS</c>.</summary>
    public string Type { get; init; } = "QUALITY";

    /// <summary><c>PROCESSING</c> (default), <c>FINISHED</c> or <c>FAILED</c>.</summary>
    public string State { get; init; } = "PROCESSING";

    /// <summary><c>PROCESSING</c> (default), <c>SUCCESS</c>, <c>DECLINED</c>, <c>OPERATOR_REQUIRED</c> or <c>FAILED</c>; shown as <c>resolution</c> and <c>resolution_status</c>.</summary>
    public string Resolution { get; init; } = "PROCESSING";
}
