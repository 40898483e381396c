using System.Text.Json.Nodes;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>What the plugin gets before it opens its camera.</summary>
internal static class SessionDocuments
{
    public static JsonObject Config() => new()
    {
        ["architecture"] = "normal",
        ["lang_default"] = "en",
        ["use_wasm_container"] = false,
        ["api_use_session_token"] = "api",
        ["video_actions_list"] = new JsonArray("video_selfie_blank", "video_selfie_smile", "video_selfie_scan"),
        ["actions_default_importance"] = true,
        ["video_file_format"] = "zip",
        ["license"] = new JsonObject { ["origins"] = new JsonArray("*"), ["expires"] = "2099-12-31" },
    };

    public static JsonObject Init(Dialect dialect, string session)
    {
        JsonNode node = session;
        foreach (var member in dialect.InitSessionPath.Reverse())
        {
            node = new JsonObject { [member] = node };
        }

        var document = (JsonObject)node;
        document["status"] = "ok";
        return document;
    }
}
