using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace OzGateway.Identity;

/// <summary>What a token says, before its signature is verified: which key and algorithm it names, and whom.</summary>
/// <param name="Algorithm">The algorithm it names.</param>
/// <param name="KeyId">The key it names, or null.</param>
/// <param name="Identifier">The text in the claim that names the user, or null; to be believed once the token is verified.</param>
internal sealed record JwtHead(string Algorithm, string? KeyId, string? Identifier)
{
    /// <summary>Longest token in characters.</summary>
    public const int MaxTokenLength = 16 * 1024;

    private const int MaxNameLength = 256;

    // A token that brings its own key, says where to fetch one, or asks for rules we do not know, is no token of ours.
    private static readonly string[] Forbidden = ["jku", "jwk", "x5u", "x5c", "crit", "zip", "b64", "enc"];

    private static readonly string[] Types = ["JWT", "at+jwt", "application/jwt", "application/at+jwt"];

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads a token; null where it could be read in two ways, or asks for what we do not do.</summary>
    /// <param name="token">The token.</param>
    /// <param name="claim">The claim that names the user.</param>
    public static JwtHead? Read(string token, string claim)
    {
        if (token.Length > MaxTokenLength || token.AsSpan().ContainsAnyExcept(Alphabet) || token.Split('.') is not [var head, var payload, { Length: > 0 }])
        {
            return null;
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload), Strict);
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(head), Strict);
            return Read(document.RootElement, claims.RootElement, claim);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            // Not base64url, not JSON, no object, or text that is none: half a character.
            return null;
        }
    }

    /// <inheritdoc />
    public override string ToString() => "[token]";

    private static JwtHead? Read(JsonElement head, JsonElement claims, string claim)
    {
        if (Array.Exists(Forbidden, name => head.TryGetProperty(name, out _)))
        {
            return null;
        }

        var isType = !head.TryGetProperty("typ", out _) || (Text(head, "typ") is { } type && Types.Contains(type, StringComparer.OrdinalIgnoreCase));
        var keyId = Text(head, "kid");
        return isType && Text(head, "alg") is { } algorithm && keyId is not null == head.TryGetProperty("kid", out _)
            ? new JwtHead(algorithm, keyId, Text(claims, claim, UserKeySource.MaxIdentifierLength))
            : null;
    }

    private static string? Text(JsonElement root, string name, int maxLength = MaxNameLength) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= maxLength
            ? text
            : null;
}
