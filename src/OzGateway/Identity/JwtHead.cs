using System.Buffers.Text;
using System.Text.Json;

namespace OzGateway.Identity;

/// <summary>What may be believed of the head of a token before its signature is verified: which key and which algorithm it names.</summary>
/// <param name="Algorithm">The algorithm it names.</param>
/// <param name="KeyId">The key it names, or null.</param>
internal sealed record JwtHead(string Algorithm, string? KeyId)
{
    /// <summary>Longest token in characters.</summary>
    public const int MaxTokenLength = 16 * 1024;

    private const int MaxKeyIdLength = 256;

    // A token that brings its own key, says where to fetch one, or asks for rules we do not know, is no token of ours.
    private static readonly string[] Forbidden = ["jku", "jwk", "x5u", "x5c", "crit", "zip", "b64", "enc"];

    private static readonly string[] Types = ["JWT", "at+jwt", "application/jwt", "application/at+jwt"];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads the head, and looks whether the payload can be read in one way only. Null where something is wrong.</summary>
    public static JwtHead? Read(string token)
    {
        if (token.Length > MaxTokenLength || token.Split('.') is not [var head, var payload, { Length: > 0 }])
        {
            return null;
        }

        using var claims = Parse(payload);
        using var document = Parse(head);
        if (claims is null || document is not { RootElement: var root } || Array.Exists(Forbidden, name => root.TryGetProperty(name, out _)))
        {
            return null;
        }

        var isType = !root.TryGetProperty("typ", out var type)
            || (type.ValueKind is JsonValueKind.String && Types.Contains(type.GetString(), StringComparer.OrdinalIgnoreCase));
        return isType && Text(root, "alg") is { } algorithm && (Text(root, "kid") is not null == root.TryGetProperty("kid", out _))
            ? new JwtHead(algorithm, Text(root, "kid"))
            : null;
    }

    private static JsonDocument? Parse(string part)
    {
        try
        {
            var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxKeyIdLength } text
            ? text
            : null;
}
