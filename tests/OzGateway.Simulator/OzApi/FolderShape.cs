using System.Text.Json.Nodes;

namespace OzGateway.Simulator.OzApi;

/// <summary>Folders as a breakage deforms them.</summary>
internal static class FolderShape
{
    public static JsonObject Folder(SimulatedFolder folder, bool withAnalyses, OzApiBreakage breakage)
    {
        var shown = breakage switch
        {
            OzApiBreakage.NoAnalyses => folder with { Analyses = [] },
            OzApiBreakage.UnknownResolution => folder with { ResolutionStatus = "ESCALATED", SystemResolution = "MOSTLY_HARMLESS" },
            _ => folder,
        };
        var document = FolderDocuments.Folder(shown, withAnalyses);
        if (breakage == OzApiBreakage.LegacyAnalyseId)
        {
            Age(document);
        }

        return document;
    }

    public static JsonArray Analyses(SimulatedFolder folder, IEnumerable<SimulatedAnalysis> wanted, OzApiBreakage breakage)
    {
        var document = FolderDocuments.Analyses(folder, breakage == OzApiBreakage.NoAnalyses ? [] : wanted);
        if (breakage == OzApiBreakage.LegacyAnalyseId)
        {
            Age(document);
        }

        return document;
    }

    private static void Age(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Age(item);
            }
        }

        if (node is not JsonObject document)
        {
            return;
        }

        if (document.Remove("analysis_id", out var id))
        {
            document["analyse_id"] = id;
        }

        foreach (var (name, value) in document.ToArray())
        {
            if (name.Contains("time_", StringComparison.Ordinal) && value is JsonValue time && time.TryGetValue<double>(out var seconds))
            {
                document[name] = (long)seconds;
            }

            Age(value);
        }
    }
}
