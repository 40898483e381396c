using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Nothing that the page says about identity reaches Oz; the server's id does, once.</summary>
public sealed class InjectionTests
{
    private static readonly string[] PageValues = [The.PageTransaction, The.PageUser, The.PageIin];

    public static TheoryData<string, BodyKind> DialectsAndBodies
    {
        get
        {
            var data = new TheoryData<string, BodyKind>();
            foreach (var name in Dialects.Names)
            {
                foreach (var kind in Dialects.Of(name).Bodies.Where(kind => kind is not BodyKind.Container))
                {
                    data.Add(name, kind);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(DialectsAndBodies))]
    public async Task A_client_supplied_transaction_id_is_replaced(string name, BodyKind kind)
    {
        var dialect = Dialects.Of(name);
        await using var run = await GatewayRun.StartAsync(dialect);
        using var browser = run.Browser();
        await browser.OpenAsync();

        var answer = await browser.SubmitAsync(kind);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var received = run.Simulator.Received.Single();
        Assert.True(received.Complete);
        Assert.Equal(answer.TransactionId, received.Meta(dialect.TransactionIdKey));
        Assert.StartsWith("u1_", received.Meta(dialect.EndUserIdKey), StringComparison.Ordinal);
        Assert.Equal("Astana-7", received.Meta("branch"));
        AssertNoPageValue(received);
    }

    [Fact]
    public async Task A_body_without_metadata_gets_the_servers()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();
        foreach (var kind in (BodyKind[])[BodyKind.Multipart, BodyKind.Json, BodyKind.Form])
        {
            run.Simulator.Received.Clear();

            var answer = await browser.SubmitAsync(kind, meta: new Dictionary<string, string>());

            Assert.Equal(answer.TransactionId, run.Simulator.Received.Single().Meta("transaction_id"));
        }
    }

    [Fact]
    public async Task A_poll_cannot_carry_the_pages_id_past_the_gateway()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();
        var body = $$$"""{"session_id":"{{{browser.AdapterSession}}}","meta":{"\u0074ransaction_id":"{{{The.PageTransaction}}}","user_id":"{{{The.PageUser}}}"}}""";
        foreach (var type in (string[])["application/json", "text/plain"])
        {
            await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "request.php"))
            {
                Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(type)),
            });
        }

        var polls = run.Simulator.Received.All.Where(request => request.Path == "/request.php").ToList();
        Assert.Equal(2, polls.Count);
        Assert.All(polls, AssertNoPageValue);
    }

    [Fact]
    public async Task The_query_cannot_carry_the_pages_id_past_the_gateway()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();

        await browser.SubmitAsync(change: request => request.RequestUri = new Uri(
            request.RequestUri + $"?ver=1&transaction_id={The.PageTransaction}&meta[Transaction-Id]={The.PageTransaction}&user_id={The.PageUser}&result_mode=full"));

        var received = run.Simulator.Received.Single();
        Assert.Equal("?ver=1", received.Query);
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=a; boundary=b")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded; charset=windows-1251")]
    [InlineData("multipart/form-data; boundary=a; charset=utf-7")]
    public async Task What_cannot_be_read_is_refused_before_the_adapter_sees_it(string type)
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();
        var content = new ByteArrayContent(new byte[100_000]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "request.php")) { Content = content });

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.DoesNotContain(run.Simulator.Received.All, request => request.Path == "/request.php");
    }

    [Fact]
    public async Task A_malformed_body_is_the_clients_fault_and_costs_no_attempt()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var browser = run.Browser();
        await browser.OpenAsync();

        var broken = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "request.php"))
        {
            Content = new StringContent("{\"meta\":{\"a\":1}" + new string(' ', 70_000), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        });
        var good = await browser.SubmitAsync();

        Assert.Equal((HttpStatusCode.BadRequest, "payload_malformed"), (broken.Status, broken.Code));
        Assert.Equal(HttpStatusCode.OK, good.Status);
        Assert.Single(run.Simulator.Folders);
    }

    [Fact]
    public async Task Media_arrive_with_the_same_hash()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();
        var media = MediaPart.OfSize(60 << 20);

        var answer = await browser.SendAsync(
            run.Simulator.Dialect.Submission(run.Public, browser.AdapterSession, The.PageMeta(run.Simulator.Dialect), [media], BodyKind.Multipart));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var part = Assert.Single(run.Simulator.Received.Single().Parts, part => part.FileName is not null);
        Assert.Equal(60 << 20, part.Length);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(media.Content.Span)), part.Sha256);
    }

    [Fact]
    public async Task A_container_passes_untouched()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();

        await browser.SubmitAsync(BodyKind.Container, mediaBytes: 300_000);

        var expected = System.Security.Cryptography.SHA256.HashData(MediaPart.OfSize(300_000).Content.Span);
        Assert.Equal(Convert.ToHexStringLower(expected), run.Simulator.Received.Single().BodySha256);
    }

    [Fact]
    public void Escapes_hide_nothing_from_these_tests()
    {
        Assert.Equal("{\"a\":\"page/x\"}", Unescape("""{"\u0061":"p\u0061ge\/x"}"""));
        Assert.Contains(The.PageUser, Unescape(Unescape("\"{\\\\u0022x\\\\u0022:\\\\u0022page\\\\u002dmade-user-1001\"")), StringComparison.Ordinal);
    }

    private static string Unescape(string text) => System.Text.RegularExpressions.Regex.Replace(
        text,
        """\\(?:u([0-9A-Fa-f]{4})|(.))""",
        match => match.Groups[1].Success ? ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString() : match.Groups[2].Value);

    private static void AssertNoPageValue(ReceivedRequest received)
    {
        var readings = (string[])
        [
            received.BodyText,
            Uri.UnescapeDataString(received.BodyText.Replace('+', ' ')),
            Unescape(received.BodyText),
            Unescape(Unescape(received.BodyText)), // JSON in a string
            received.Path + received.Query,
            string.Join('\n', received.Headers),
        ];
        foreach (var value in PageValues)
        {
            Assert.All(readings, reading => Assert.DoesNotContain(value, reading, StringComparison.Ordinal));
        }
    }
}
