using System.Text.Json.Nodes;

namespace OzGateway.Simulator.OzApi;

/// <summary>Folders and analyses as Oz API writes them.</summary>
internal static class FolderDocuments
{
    private const string StaticHost = "https://oz-api.example.test/static";

    public static JsonObject Folder(SimulatedFolder folder, bool withAnalyses)
    {
        var document = new JsonObject
        {
            ["folder_id"] = folder.FolderId,
            ["company_id"] = folder.CompanyId,
            ["user_id"] = folder.UserId,
            ["resolution_endpoint"] = null,
            ["resolution_status"] = folder.ResolutionStatus,
            ["resolution_comment"] = "[]",
            ["system_resolution"] = folder.SystemResolution,
            ["resolution_time"] = null,
            ["resolution_author_id"] = null,
            ["resolution_state_hash"] = null,
            ["operator_comment"] = null,
            ["operator_status"] = null,
            ["is_cleared"] = false,
            ["is_sample"] = false,
            ["meta_data"] = new JsonObject(folder.MetaData.Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
            ["technical_meta_data"] = new JsonObject(),
            ["media"] = Media(folder),
        };
        if (withAnalyses)
        {
            document["analyses"] = Analyses(folder, folder.Analyses);
        }

        document["time_created"] = Seconds(folder.TimeCreated);
        document["time_updated"] = Seconds(folder.TimeUpdated);
        return document;
    }

    public static JsonArray Analyses(SimulatedFolder folder, IEnumerable<SimulatedAnalysis> analyses) =>
        new([.. analyses.Select(analysis => Analysis(folder, analysis))]);

    public static JsonObject Analysis(SimulatedFolder folder, SimulatedAnalysis analysis)
    {
        var failed = analysis.State == "FAILED";
        var finished = failed || analysis.State == "FINISHED";
        return new JsonObject
        {
            ["analysis_id"] = analysis.AnalysisId,
            ["group_id"] = folder.GroupId,
            ["company_id"] = folder.CompanyId,
            ["folder_id"] = folder.FolderId,
            ["folder_time_created"] = Seconds(folder.TimeCreated),
            ["type"] = analysis.Type,
            ["state"] = analysis.State,
            ["resolution"] = analysis.Resolution,
            ["resolution_status"] = analysis.Resolution,
            ["resolution_operator"] = null,
            ["operator_comment"] = null,
            ["confs"] = AnalysisScores.Thresholds(analysis),
            ["results_data"] = AnalysisScores.OfAnalysis(analysis),
            ["results_media"] = new JsonArray([.. folder.Media.Where(_ => analysis is { State: "FINISHED", Type: "QUALITY" }).Select(media => ResultsMedia(folder, media, analysis))]),
            ["source_media"] = Media(folder),
            ["error_code"] = failed ? 0 : null,
            ["error_message"] = failed ? "Analysis failed" : null,
            ["meta_data"] = new JsonObject(),
            ["time_created"] = Seconds(folder.TimeCreated),
            ["time_task_send_to_broker"] = Seconds(folder.TimeCreated),
            ["time_task_received"] = Seconds(folder.TimeCreated),
            ["time_task_finished"] = finished ? Seconds(folder.TimeUpdated) : null,
            ["time_updated"] = Seconds(folder.TimeUpdated),
        };
    }

    /// <summary>Epoch seconds with a fraction, as newer versions write times.</summary>
    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static JsonArray Media(SimulatedFolder folder) => new([.. folder.Media.Select(media => Media(folder, media))]);

    private static JsonObject Media(SimulatedFolder folder, SimulatedMedia media) => new()
    {
        ["media_id"] = media.MediaId,
        ["folder_id"] = folder.FolderId,
        ["company_id"] = folder.CompanyId,
        ["media_type"] = "SHOTS_SET_FOLDER",
        ["original_name"] = media.OriginalName,
        ["original_url"] = Address(folder, media, ".zip"),
        ["preview_url"] = Address(folder, media, "_preview.mp4"),
        ["thumb_url"] = Address(folder, media, "_thumb.jpg"),
        ["shots_set_id"] = media.ShotsSetId,
        ["tags"] = new JsonArray("video_selfie", "video_selfie_blank", "orientation_portrait"),
        ["info"] = new JsonObject
        {
            ["thumb"] = new JsonObject
            {
                ["md5"] = "0cc175b9c0f1b6a831c399e269772661",
                ["width"] = 270,
                ["height"] = 480,
                ["filesize"] = media.Length,
                ["mime-type"] = "image/jpeg",
            },
        },
        ["images"] = new JsonArray(new JsonObject
        {
            ["image_id"] = media.MediaId,
            ["original_url"] = Address(folder, media, ".jpg"),
            ["thumb_url"] = Address(folder, media, "_image_thumb.jpg"),
        }),
        ["meta_data"] = new JsonObject(),
        ["technical_meta_data"] = new JsonObject { ["additional_info"] = "<opaque client environment data>" },
        ["time_created"] = Seconds(folder.TimeCreated),
        ["time_updated"] = Seconds(folder.TimeCreated),
    };

    private static JsonObject ResultsMedia(SimulatedFolder folder, SimulatedMedia media, SimulatedAnalysis analysis) => new()
    {
        ["media_association_id"] = media.MediaId,
        ["source_shots_set_id"] = media.ShotsSetId,
        ["results_data"] = new JsonObject { ["confidence_spoofing"] = AnalysisScores.Score(analysis) },
        ["output_images"] = folder.SystemResolution == "SUCCESS" ? new JsonArray(BestShot(folder, media)) : [],
        ["collection_persons"] = new JsonArray(),
    };

    private static JsonObject BestShot(SimulatedFolder folder, SimulatedMedia media) => new()
    {
        ["image_id"] = media.MediaId,
        ["type"] = "best_shot",
        ["original_url"] = Address(folder, media, "_best.jpg"),
        ["thumb_url"] = Address(folder, media, "_best_thumb.jpg"),
    };

    private static string Address(SimulatedFolder folder, SimulatedMedia media, string end) =>
        $"{StaticHost}/{folder.CompanyId}/{media.ShotsSetId}{end}";
}
