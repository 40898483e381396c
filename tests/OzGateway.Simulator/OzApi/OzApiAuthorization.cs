using System.Text.Json;
using System.Text.Json.Nodes;
using OzGateway.Simulator.Hosting;
using OzGateway.Simulator.Recording;
using OzGateway.Simulator.WebAdapter;

namespace OzGateway.Simulator.OzApi;

/// <summary>Login, refresh, session tokens, and the check of the token on every other call.</summary>
internal sealed class OzApiAuthorization(SimulatorOptions options, CurrentScenario scenario, AccessTokens tokens)
{
    private const string TokenHeader = "X-Forensic-Access-Token";

    public Answer Answer(HttpRequest request, string path, ReadBody body) => (request.Method, path) switch
    {
        ("POST", "/api/authorize/auth") => Login(body),
        ("POST", "/api/authorize/refresh") => Refresh(request, body),
        ("GET", "/api/authorize/session_token") => SessionToken(request),
        (_, "/api/authorize/auth" or "/api/authorize/refresh" or "/api/authorize/session_token") => OzApiAnswer.Of(OzApiError.NotAllowed),
        _ => OzApiAnswer.Of(OzApiError.NotExist),
    };

    /// <summary>Null when the call carries a token that is good now.</summary>
    public OzApiError? Check(HttpRequest request)
    {
        var breakage = scenario.Value.OzApiBreakage;
        var token = request.Headers[TokenHeader].LastOrDefault();
        return string.IsNullOrEmpty(token) ? OzApiError.TokenMissing
            : breakage == OzApiBreakage.InvalidToken ? OzApiError.TokenInvalid
            : breakage == OzApiBreakage.ExpiredTokenOnce && scenario.IsFirst() ? OzApiError.TokenExpired
            : tokens.Check(token, breakage == OzApiBreakage.ExpiredToken ? scenario.TokensBefore : -1);
    }

    private Answer Login(ReadBody body)
    {
        if (scenario.Value.OzApiBreakage == OzApiBreakage.LoginRefused)
        {
            return OzApiAnswer.Of(OzApiError.TokenInvalid);
        }

        if (Member(body, "credentials") is not { ValueKind: JsonValueKind.Object } credentials
            || Text(credentials, "email") is not { } email
            || Text(credentials, "password") is not { } password)
        {
            return OzApiAnswer.Of(OzApiError.InvalidStructure);
        }

        return email == options.Email && password == options.Password ? Pair(tokens.Issue()) : OzApiAnswer.Of(OzApiError.TokenInvalid);
    }

    private Answer Refresh(HttpRequest request, ReadBody body)
    {
        if (scenario.Value.OzApiBreakage == OzApiBreakage.LoginRefused)
        {
            return OzApiAnswer.Of(OzApiError.TokenInvalid);
        }

        if (Member(body, "expire_token") is not { ValueKind: JsonValueKind.String } expireToken)
        {
            return OzApiAnswer.Of(OzApiError.InvalidStructure);
        }

        var (token, error) = tokens.Refresh(request.Headers[TokenHeader].LastOrDefault(), expireToken.GetString()!);
        return token is null ? OzApiAnswer.Of(error!) : Pair(token);
    }

    private Answer SessionToken(HttpRequest request) => Check(request) is { } refused
        ? OzApiAnswer.Of(refused)
        : OzApiAnswer.Of(new JsonObject { ["session_token"] = $"simulated.{Guid.NewGuid():N}.session" });

    private static Answer Pair(AccessTokens.Token token) => OzApiAnswer.Of(new JsonObject
    {
        ["access_token"] = token.Access,
        ["expire_token"] = token.Expire,
        ["expire_date"] = FolderDocuments.Seconds(token.Expires),
    });

    private static JsonElement? Member(ReadBody body, string name)
    {
        try
        {
            var json = JsonElement.Parse(body.Whole.Span);
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
