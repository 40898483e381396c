using System.Text.Json.Nodes;

namespace OzGateway.Simulator.OzApi;

/// <summary>The numbers of an analysis: spoofing from 0.5 on is an attack, likeness from 0.85 on is the same person.</summary>
internal static class AnalysisScores
{
    public static JsonObject Thresholds(SimulatedAnalysis analysis) => (analysis.State, analysis.Type) switch
    {
        ("FINISHED", "QUALITY") => new JsonObject { ["threshold_spoofing"] = 0.5 },
        ("FINISHED", "BIOMETRY") => new JsonObject { ["threshold_max"] = 0.85, ["threshold_min"] = 0.5 },
        _ => new JsonObject(),
    };

    public static JsonObject? OfAnalysis(SimulatedAnalysis analysis) => analysis is { State: "FINISHED", Type: "BIOMETRY" }
        ? new JsonObject { ["max_confidence"] = Likeness(analysis), ["min_confidence"] = Likeness(analysis) }
        : null;

    /// <summary>What the full result mode shows as <c>score</c>.</summary>
    public static double Score(SimulatedAnalysis analysis) => analysis.Type == "BIOMETRY" ? Likeness(analysis) : Spoofing(analysis);

    private static double Spoofing(SimulatedAnalysis analysis) => analysis.Resolution == "SUCCESS" ? 0.0579 : 0.9731;

    private static double Likeness(SimulatedAnalysis analysis) => analysis.Resolution switch
    {
        "SUCCESS" => 0.9712,
        "OPERATOR_REQUIRED" => 0.8421,
        _ => 0.2304,
    };
}
