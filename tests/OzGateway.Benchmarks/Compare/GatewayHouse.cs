using System.Security.Cryptography;
using System.Text;

namespace OzGateway.Benchmarks.Compare;

/// <summary>A configuration with everything at its default, and users who are signed in and hold a ticket each.</summary>
internal sealed class GatewayHouse : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-compare-");
    private readonly string _jwtKey = RandomNumberGenerator.GetHexString(64);
    private readonly UserSource _source;

    /// <param name="adapter">The upstream.</param>
    /// <param name="source">How users are named.</param>
    /// <param name="appended">More YAML; empty for none.</param>
    public GatewayHouse(Uri adapter, UserSource source, string appended)
    {
        _source = source;
        var users = source switch
        {
            UserSource.Jwt => "jwt_claim: { claim: sub, issuer: \"https://login.example\", audience: liveness, cookie: session, key: { from_file: jwt_key } }",
            UserSource.Header => "header: { name: X-User, trusted_proxies: [\"127.0.0.0/8\"] }",
            _ => throw new InvalidOperationException($"User source '{source}' has no configuration."),
        };
        File.WriteAllText(Path.Combine(_folder.FullName, "jwt_key"), _jwtKey);
        File.WriteAllText(ConfigurationFile, $$"""
            version: 1
            upstreams: { web_adapter: { destinations: ["{{adapter}}"] } }
            user_key:
              sources:
                - ticket: { carrier: cookie }
                - {{users}}
            doors: { public: { address: "127.0.0.1:0" }, backend: { address: "127.0.0.1:0" }, admin: { address: "127.0.0.1:0" } }

            """ + appended);
    }

    /// <summary>gateway.yaml.</summary>
    public string ConfigurationFile => Path.Combine(_folder.FullName, "gateway.yaml");

    /// <summary>Signs users in and lets each start a transaction: the header lines that name them from then on.</summary>
    public async Task<string[]> SignInAsync(int port, int users)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 8 });
        return await Task.WhenAll(Enumerable.Range(0, users).Select(async user =>
        {
            var (name, value) = _source is UserSource.Jwt ? ("Cookie", $"session={Session($"user-{user}")}") : ("X-User", $"user-{user}");
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/transactions");
            request.Headers.Add(name, value);
            request.Headers.Add("OzGateway-Request", "compare");
            using var answer = await http.SendAsync(request);
            return answer.IsSuccessStatusCode && answer.Headers.TryGetValues("Set-Cookie", out var set)
                ? $"{name}: {value}{(name == "Cookie" ? "; " : "\r\nCookie: ")}{set.Single().Split(';')[0]}"
                : throw new CompareException($"A user got no ticket: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Session(string user)
    {
        var expires = TimeProvider.System.GetUtcNow().AddHours(12).ToUnixTimeSeconds();
        var claims = $$"""{"iss":"https://login.example","aud":"liveness","sub":"{{user}}","exp":{{expires}}}""";
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Encode(Encoding.ASCII.GetBytes(claims))}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_jwtKey), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
