using System.Text.Json.Nodes;
using OzGateway.Simulator.OzApi;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>A check as the adapter tells it to the browser.</summary>
internal static class ResultDocuments
{
    /// <summary>The result object, not yet wrapped.</summary>
    /// <param name="dialect">Names the members.</param>
    /// <param name="mode">How much is told.</param>
    /// <param name="folder">The check; null when nothing was submitted yet.</param>
    /// <param name="eventSessionId">The telemetry session, told in full mode.</param>
    public static JsonObject Create(Dialect dialect, ResultMode mode, SimulatedFolder? folder, string eventSessionId)
    {
        var finished = folder?.IsFinished ?? false;
        var result = new JsonObject { [dialect.StateMember] = finished ? dialect.FinishedWord : dialect.ProcessingWord };
        if (mode == ResultMode.Safe || folder is null)
        {
            return result;
        }

        var full = mode == ResultMode.Full && finished;
        if (mode == ResultMode.Folder || full)
        {
            result[dialect.FolderIdMember] = folder.FolderId;
        }

        if (full)
        {
            result["event_session_id"] = eventSessionId;
        }

        result[dialect.AnalysesMember] = new JsonObject(folder.Analyses.Select(analysis =>
            KeyValuePair.Create(analysis.Type.ToLowerInvariant(), (JsonNode?)Analysis(folder, analysis, full))));
        return result;
    }

    private static JsonObject Analysis(SimulatedFolder folder, SimulatedAnalysis analysis, bool full)
    {
        var document = new JsonObject
        {
            ["state"] = analysis.State.ToLowerInvariant(),
            ["resolution"] = analysis.Resolution == "PROCESSING" ? "" : analysis.Resolution.ToLowerInvariant(),
        };
        if (full)
        {
            document["score"] = AnalysisScores.Score(analysis);
            document["result_json"] = FolderDocuments.Analysis(folder, analysis);
        }

        return document;
    }
}
