using System.Text.Json.Nodes;
using OzGateway.Simulator.WebAdapter;

namespace OzGateway.Simulator.OzApi;

/// <summary>Answers of Oz API.</summary>
internal static class OzApiAnswer
{
    public static Answer Of(string json) => Answer.Json(json);

    public static Answer Of(JsonNode json) => Answer.Json(json.ToJsonString());

    public static Answer Of(OzApiError error) => Answer.Json(error.ToJson(), status: error.Status);
}
