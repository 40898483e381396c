using System.Security.Cryptography;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Forwarding;

/// <summary>What passes on a route of files, and what of the adapter ends there.</summary>
public sealed class PluginFileAnswerTests
{
    private const string Script = "window.oz = 1; // as it was released";
    private const string Type = "Content-Type: text/javascript";

    [Theory]
    [InlineData("200 OK", "Content-Type: application/json", 502)]
    [InlineData("200 OK", "Content-Type: text/html; charset=UTF-8", 502)]
    [InlineData("200 OK", "Content-Type: text/css\r\nContent-Type: application/json", 502)]
    [InlineData("200 OK", "X-A: no type at all", 502)]
    [InlineData("206 Partial Content", "Content-Type: multipart/byteranges; boundary=b", 502)]
    [InlineData("302 Found", "Location: http://inside.example/\r\n" + Type, 502)]
    [InlineData("204 No Content", Type, 502)]
    [InlineData("401 Unauthorized", "WWW-Authenticate: Basic realm=inside\r\n" + Type, 502)]
    [InlineData("500 Internal Server Error", Type, 502)]
    [InlineData("101 Switching Protocols", "Connection: Upgrade\r\nUpgrade: a", 502)]
    [InlineData("403 Forbidden", Type, 404)]
    [InlineData("404 Not Found", Type, 404)]
    [InlineData("200 OK", "Content-Type: Text/JavaScript ; charset=utf-8", 200)]
    [InlineData("200 OK", "Content-Type: image/webp", 200)]
    public async Task Only_files_pass(string status, string headers, int expected)
    {
        var (answer, body) = await GetAsync(status, headers, "secret-of-the-adapter");

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(expected == 200, body == "secret-of-the-adapter");
        Assert.False(expected != 200 && (answer.Headers.Contains("Location") || answer.Headers.Contains("WWW-Authenticate") || !body.StartsWith('{')), body);
    }

    [Theory]
    [InlineData("", Type, "public, max-age=300")]
    [InlineData("", Type + "\r\nCache-Control: no-cache", "no-cache")]
    [InlineData("files: { cache_control: \"public, max-age=31536000, immutable\" },", Type + "\r\nCache-Control: no-store", "public, max-age=31536000, immutable")]
    [InlineData("files: { types: [application/json] },", "Content-Type: application/json", "public, max-age=300")]
    [InlineData("", Type + "\r\nSet-Cookie: sess=1\r\nCache-Control: public, max-age=9", "no-store")]
    public async Task How_long_a_file_is_kept_is_said_once(string files, string headers, string expected)
    {
        var (answer, _) = await GetAsync("200 OK", headers, "{}", files);

        Assert.Equal(expected, string.Join(", ", answer.Headers.NonValidated["Cache-Control"]));
    }

    [Theory]
    [InlineData("block", Script, 200)]
    [InlineData("block", Script + " ", 502)]
    [InlineData("block", "", 502)]
    [InlineData("alert", Script + " ", 200)]
    public async Task A_pinned_script_is_verified_before_its_first_byte(string mode, string content, int expected)
    {
        var pin = $"files: {{ pin: {{ sha384: [\"{Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(Script)))}\"], on_mismatch: {mode} }} }},";
        var (answer, body) = await GetAsync("200 OK", Type + "\r\nETag: \"1\"", content, pin, head => Assert.DoesNotMatch("(?i)range|if-none-match|gzip", head));

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(expected == 200, body == content);
    }

    [Fact]
    public async Task Twenty_mebibytes_pass_byte_for_byte_in_the_adapters_own_coding()
    {
        var content = new byte[20 << 20];
        new Random(1).NextBytes(content);
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/wasm\r\nContent-Encoding: br\r\nETag: \"e\"\r\nContent-Length: {content.Length}\r\n\r\n");
            await connection.Stream.WriteAsync(content, connection.Over);
        });
        await using var run = await StartAsync(adapter, "");
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(run.Public, "files/liveness.wasm"));

        Assert.Equal(("br", "\"e\""), (answer.Content.Headers.ContentEncoding.Single(), answer.Headers.ETag!.Tag));
        Assert.Equal(SHA384.HashData(content), SHA384.HashData(await answer.Content.ReadAsByteArrayAsync()));
    }

    private static async Task<(HttpResponseMessage Answer, string Body)> GetAsync(string status, string headers, string content, string files = "", Action<string>? onHead = null)
    {
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync($"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {content.Length}\r\n\r\n{content}");
        });
        await using var run = await StartAsync(adapter, files);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(run.Public, "files/a.js"));
        request.Headers.Add("Range", "bytes=0-1, 3-4");
        request.Headers.Add("Accept-Encoding", "gzip");
        var answer = await http.SendAsync(request);
        onHead?.Invoke(adapter.Heads[0]);
        Assert.DoesNotContain("bytes=0-1", adapter.Heads[0], StringComparison.Ordinal);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    private static Task<GatewayRun> StartAsync(RawAdapter adapter, string files) => GatewayRun.StartAsync(settings: new GatewaySettings
    {
        Destinations = adapter.Address,
        Session = "session: { cookies: [sess] }",
        Routes = $"  - {{ id: files, role: static, {files} match: {{ paths: [\"/files/{{**file}}\"] }}, upstream: web_adapter }}",
    });
}
