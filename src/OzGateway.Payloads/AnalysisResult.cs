namespace OzGateway.Payloads;

/// <summary>What status and folder mode show of one analysis.</summary>
/// <param name="Type">The type in lower case, as the answer names it.</param>
/// <param name="State">Its state, or null when the answer has none.</param>
/// <param name="Resolution">Its resolution, or null when the answer has none.</param>
internal sealed record AnalysisResult(string Type, string? State, string? Resolution);
