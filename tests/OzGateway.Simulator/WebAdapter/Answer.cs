using System.Text;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>An answer before it is written.</summary>
internal sealed record Answer
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; init; }

    public string? ContentType { get; init; } = "application/json";

    public byte[] Body { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public AnswerEnding Ending { get; init; } = AnswerEnding.Whole;

    public static Answer Json(string json, string contentType = "application/json", int status = StatusCodes.Status200OK) =>
        new() { Status = status, ContentType = contentType, Body = Encoding.UTF8.GetBytes(json) };

    /// <summary>The adapter's own refusal, in the shape of the plugin's <c>on_error</c>.</summary>
    public static Answer Error(int status, string code, string message) =>
        Json($"{{\"code\":\"{code}\",\"message\":\"{message}\",\"context\":{{}}}}", status: status);
}
