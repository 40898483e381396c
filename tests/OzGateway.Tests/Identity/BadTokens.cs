using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Identity;

/// <summary>Tokens that must name nobody: each is right but for one thing, and where that thing is not the signature, it is signed.</summary>
internal static class BadTokens
{
    private const string Head = """{"alg":"HS256","typ":"JWT"}""";

    private static readonly Dictionary<string, Func<long, string>> ByKind = new()
    {
        ["empty"] = _ => "",
        ["one part"] = _ => "x",
        ["two parts"] = _ => "a.b",
        ["three parts of nothing"] = _ => "a.b.c",
        ["dots"] = _ => "....",
        ["five parts"] = now => Good(now) + ".YQ.YQ",
        ["a space inside"] = now => Good(now).Replace(".", " .", StringComparison.Ordinal),
        ["padding"] = now => Good(now) + "=",
        ["alg none"] = now => $"{Part("""{"alg":"none"}""")}.{Part(Claims(now))}.",
        ["alg none with a signature"] = now => Sign("""{"alg":"none"}""", Claims(now)),
        ["alg nOnE"] = now => $"{Part("""{"alg":"nOnE"}""")}.{Part(Claims(now))}.",
        ["alg empty"] = now => Sign("""{"alg":""}""", Claims(now)),
        ["alg absent"] = now => Sign("""{"typ":"JWT"}""", Claims(now)),
        ["alg a list"] = now => Sign("""{"alg":["HS256"]}""", Claims(now)),
        ["alg twice"] = now => Sign("""{"alg":"none","alg":"HS256"}""", Claims(now)),
        ["alg in lower case"] = now => Sign("""{"alg":"hs256"}""", Claims(now)),
        ["alg not listed"] = now => Sign("""{"alg":"HS512"}""", Claims(now)),
        ["alg of a public key"] = now => Sign("""{"alg":"RS256"}""", Claims(now)),
        ["crit"] = now => Sign("""{"alg":"HS256","crit":["exp"],"exp":1}""", Claims(now)),
        ["b64"] = now => Sign("""{"alg":"HS256","b64":false}""", Claims(now)),
        ["zip"] = now => Sign("""{"alg":"HS256","zip":"DEF"}""", Claims(now)),
        ["jku"] = now => Sign("""{"alg":"HS256","jku":"https://evil.example/jwks"}""", Claims(now)),
        ["x5u"] = now => Sign("""{"alg":"HS256","x5u":"https://evil.example/cert"}""", Claims(now)),
        ["x5c"] = now => Sign("""{"alg":"HS256","x5c":["MIIB"]}""", Claims(now)),
        ["jwk"] = now => Sign("""{"alg":"HS256","jwk":{"kty":"oct","k":"c2VjcmV0"}}""", Claims(now), "secret"),
        ["kid a number"] = now => Sign("""{"alg":"HS256","kid":1}""", Claims(now)),
        ["kid without end"] = now => Sign($$"""{"alg":"HS256","kid":"{{new string('k', 300)}}"}""", Claims(now)),
        ["kid of a file, signed with it"] = now => Sign("""{"alg":"HS256","kid":"../../../../dev/null"}""", Claims(now), ""),
        ["typ of another purpose"] = now => Sign("""{"alg":"HS256","typ":"logout+jwt"}""", Claims(now)),
        ["typ a number"] = now => Sign("""{"alg":"HS256","typ":1}""", Claims(now)),
        ["head no object"] = now => Sign("""["HS256"]""", Claims(now)),
        ["head no JSON"] = now => Sign("""{"alg":"HS256" """, Claims(now)),
        ["payload no object"] = _ => Sign(Head, "\"alice\""),
        ["payload no JSON"] = _ => Sign(Head, "sub=alice"),
        ["payload empty"] = _ => Sign(Head, "{}"),
        ["sub twice"] = now => Sign(Head, Claims(now, """, "sub":"bob" """)),
        ["sub absent"] = now => Sign(Head, Claims(now, sub: null)),
        ["sub empty"] = now => Sign(Head, Claims(now, sub: "\"\"")),
        ["sub a list"] = now => Sign(Head, Claims(now, sub: """["alice","bob"]""")),
        ["sub a number"] = now => Sign(Head, Claims(now, sub: "1001")),
        ["sub an object"] = now => Sign(Head, Claims(now, sub: """{"name":"alice"}""")),
        ["sub without end"] = now => Sign(Head, Claims(now, sub: $"\"{new string('a', 1025)}\"")),
        ["sub half a character"] = now => Sign(Head, Claims(now, sub: """ "\ud800" """)),
        ["alg half a character"] = now => Sign("""{"alg":"HS256\ud800"}""", Claims(now)),
        ["a name of half a character"] = now => Sign("""{"alg":"HS256","\ud800":1}""", Claims(now)),
        ["bytes that are no UTF-8"] = now => SignBytes([.. "{\"alg\":\"HS256\",\"kid\":\""u8, 0xC3, 0x28, .. "\"}"u8], Claims(now)),
        ["another secret"] = now => Sign(Head, Claims(now), "another secret of 32 bytes or more than that"),
        ["empty secret"] = now => Sign(Head, Claims(now), ""),
        ["cut signature"] = now => Good(now)[..^4],
        ["no signature"] = now => Good(now)[..(Good(now).LastIndexOf('.') + 1)],
        ["signature of another token"] = now => $"{Part(Head)}.{Part(Claims(now, sub: "\"bob\""))}.{Good(now).Split('.')[2]}",
        ["another issuer"] = now => Sign(Head, Claims(now, iss: "\"https://evil.example\"")),
        ["issuer with a slash"] = now => Sign(Head, Claims(now, iss: $"\"{The.Issuer}/\"")),
        ["issuer absent"] = now => Sign(Head, Claims(now, iss: null)),
        ["issuer a list"] = now => Sign(Head, Claims(now, iss: $"[\"{The.Issuer}\"]")),
        ["another audience"] = now => Sign(Head, Claims(now, aud: "\"other\"")),
        ["audiences without ours"] = now => Sign(Head, Claims(now, aud: """["other","more"]""")),
        ["audience in capitals"] = now => Sign(Head, Claims(now, aud: "\"LIVENESS\"")),
        ["audience absent"] = now => Sign(Head, Claims(now, aud: null)),
        ["expired"] = now => Sign(Head, Claims(now, exp: $"{now - 31}")),
        ["expiry absent"] = now => Sign(Head, Claims(now, exp: null)),
        ["expiry null"] = now => Sign(Head, Claims(now, exp: "null")),
        ["expiry negative"] = now => Sign(Head, Claims(now, exp: "-1")),
        ["expiry zero"] = now => Sign(Head, Claims(now, exp: "0")),
        ["expiry a word"] = now => Sign(Head, Claims(now, exp: "\"never\"")),
        ["not yet"] = now => Sign(Head, Claims(now, $", \"nbf\":{now + 31}")),
        ["not before a word"] = now => Sign(Head, Claims(now, ", \"nbf\":\"later\"")),
        ["too large"] = now => Sign(Head, Claims(now, $", \"more\":\"{new string('x', 17_000)}\"")),
    };

    public static IReadOnlyCollection<string> Kinds => ByKind.Keys;

    public static string Make(string kind, DateTimeOffset now) => ByKind[kind](now.ToUnixTimeSeconds());

    /// <summary>A token with exactly this head and payload.</summary>
    public static string Sign(string head, string payload, string secret = The.JwtSecret) => SignBytes(Encoding.UTF8.GetBytes(head), payload, secret);

    private static string SignBytes(byte[] head, string payload, string secret = The.JwtSecret)
    {
        var signed = $"{Base64Url.EncodeToString(head)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Claims that are right, but for what is given.</summary>
    public static string Claims(
        long now, string more = "", string? sub = "\"alice\"", string? iss = $"\"{The.Issuer}\"", string? aud = $"\"{The.Audience}\"", string? exp = "")
    {
        (string Name, string? Value)[] claims = [("sub", sub), ("iss", iss), ("aud", aud), ("exp", exp?.Length == 0 ? $"{now + 3600}" : exp)];
        return $"{{{string.Join(",", claims.Where(claim => claim.Value is not null).Select(claim => $"\"{claim.Name}\":{claim.Value}"))}{more}}}";
    }

    private static string Good(long now) => Sign(Head, Claims(now));

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
