using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Who is refused while sending can read why.</summary>
public sealed class RefusedUploadTests
{
    private const string Upload = """
        async (mib) => {
          const form = new FormData();
          form.append('meta', '{}');
          form.append('video', new Blob([new Uint8Array(mib << 20)]), 'video.mp4');
          const answer = await fetch('/request.php', { method: 'POST', body: form });
          const body = await answer.json();
          const protocol = performance.getEntriesByType('resource').pop().nextHopProtocol;
          performance.clearResourceTimings();
          return `${answer.status} ${body.code} ${answer.headers.get('retry-after') > 0} ${protocol}`;
        }
        """;

    private const string Spend = "() => fetch('/request.php', { method: 'POST', body: (() => { const form = new FormData(); form.append('meta', '{}'); form.append('video', new Blob([new Uint8Array(1000)]), 'v.mp4'); return form; })() })";

    // A long run by hand: OZGATEWAY_REFUSED_UPLOADS=1000.
    private static readonly int Uploads = int.Parse(Environment.GetEnvironmentVariable("OZGATEWAY_REFUSED_UPLOADS") ?? "5", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly GatewaySettings OneAttempt = new() { Attempts = "windows: [{ permit_limit: 1, window: 15m }]" };

    [ChromiumFact]
    public Task A_fetch_that_uploads_ten_megabytes_reads_the_refusal() => ReadRefusalsAsync(OneAttempt, "http", "http/1.1");

    [ChromiumFact]
    public Task A_fetch_that_uploads_ten_megabytes_over_HTTP_2_reads_the_refusal() => ReadRefusalsAsync(
        OneAttempt with
        {
            PublicDoor = ", tls: { certificate: { from_file: tls.crt }, key: { from_file: tls.key } }",
            Files = Pem.Files(Authority.Root().Server(TimeProvider.System.GetUtcNow().AddDays(-1))),
        },
        "https",
        "h2");

    private static async Task ReadRefusalsAsync(GatewaySettings settings, string scheme, string protocol)
    {
        await using var run = await GatewayRun.StartAsync(settings: settings);
        await using var chromium = await ChromiumRun.StartAsync();
        await using var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true });
        var door = $"{scheme}://{run.Public.Authority}/";
        await context.AddCookiesAsync([new Microsoft.Playwright.Cookie { Name = "session", Value = Tokens.For(The.User, run.Time.GetUtcNow()), Url = door }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(door + "page");
        await page.EvaluateAsync(Spend);
        var read = 0;
        for (var upload = 0; upload < Uploads; upload++)
        {
            read += await page.EvaluateAsync<string>(Upload, 10) == $"429 attempts_exceeded true {protocol}" ? 1 : 0;
        }

        Assert.Equal(Uploads, read);
        Assert.Single(run.Simulator.Received.Submissions);
    }

    [Fact]
    public async Task Who_waits_to_be_asked_for_the_body_is_refused_without_being_asked()
    {
        await using var run = await GatewayRun.StartAsync(settings: OneAttempt);
        using var browser = run.Browser();
        await browser.SubmitAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, run.Public.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /request.php HTTP/1.1\r\nHost: {run.Public.Authority}\r\nCookie: {browser.Cookies.GetCookieHeader(run.Public)}\r\n"
            + "Content-Type: application/octet-stream\r\nContent-Length: 10485760\r\nExpect: 100-continue\r\n\r\n"));

        using var reader = new StreamReader(client.GetStream());
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith('}'))
        {
            answer.Append((char)reader.Read());
        }

        Assert.StartsWith("HTTP/1.1 429 ", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer.ToString(), StringComparison.Ordinal); // nobody has to send, or read, ten megabytes
        Assert.Contains("attempts_exceeded", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_goes_on_after_a_refused_upload_was_read_to_its_end()
    {
        await using var run = await GatewayRun.StartAsync(settings: OneAttempt);
        using var browser = run.Browser();
        await browser.SubmitAsync();

        var refused = await browser.SubmitAsync(mediaBytes: 10 << 20);

        Assert.Equal("attempts_exceeded", refused.Code);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync()).Status);
    }
}
