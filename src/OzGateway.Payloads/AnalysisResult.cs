namespace OzGateway.Payloads;

/// <summary>What status and folder mode show of one analysis.</summary>
/// <param name="type">The type in lower case, as the answer names it.</param>
internal sealed class AnalysisResult(string type)
{
    /// <summary>The type in lower case, as the answer names it.</summary>
    public string Type { get; } = type;

    /// <summary>Its state, or null when the answer has none.</summary>
    public string? State { get; set; }

    /// <summary>Its resolution, or null when the answer has none.</summary>
    public string? Resolution { get; set; }
}
