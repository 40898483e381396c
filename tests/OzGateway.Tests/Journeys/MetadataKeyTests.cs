using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Which keys reach the adapter: set from claims, kept of the page's own, and none in another place.</summary>
public sealed class MetadataKeyTests
{
    private const string Named = "page-made-transaction-7f0c2e0a";

    private static readonly GatewaySettings Claiming = new()
    {
        Set = "transaction_id: transaction_id",
        Transaction = "issue: explicit, on_foreign_id: replace, claims: { end_user_id: sub, iin: national_id }",
    };

    private static readonly Dictionary<string, object> NationalId = new() { ["national_id"] = "880101300999" };

    public static TheoryData<BodyKind> Bodies => new(BodyKind.Multipart, BodyKind.Json, BodyKind.Form);

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_the_token_says_stands_in_place_of_what_the_page_says(BodyKind kind)
    {
        await using var run = await GatewayRun.StartAsync(settings: Claiming);
        using var browser = run.Browser();
        browser.SignIn(The.User, NationalId);
        await browser.OpenAsync();
        await browser.PostAsync("transactions");

        var answer = await browser.SubmitAsync(kind);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var received = run.Simulator.Received.Single();
        Assert.Equal((The.User, "880101300999", "Astana-7"), (received.Meta("end_user_id"), received.Meta("iin"), received.Meta("branch")));
        Assert.DoesNotContain(The.PageIin, received.BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_alone_takes_what_the_token_said_at_issue()
    {
        await using var run = await GatewayRun.StartAsync(settings: Claiming);
        using var browser = run.Browser();
        browser.SignIn(The.User, NationalId);
        await browser.OpenAsync();
        await browser.PostAsync("transactions");
        browser.SignOut();

        var answer = await browser.SubmitAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("880101300999", run.Simulator.Received.Single().Meta("iin"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\u0007b")]
    [InlineData(880101300999L)]
    public async Task A_token_without_the_claim_gets_nothing_through(object? claim)
    {
        await using var run = await GatewayRun.StartAsync(settings: Claiming with { Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var browser = run.Browser();
        browser.SignIn(The.User, claim is null ? [] : new Dictionary<string, object> { ["national_id"] = claim });
        await browser.OpenAsync();
        await browser.PostAsync("transactions");

        var refused = await browser.SubmitAsync();
        Assert.Equal((HttpStatusCode.Forbidden, "claim_missing"), (refused.Status, refused.Code));
        Assert.Empty(run.Simulator.Received.Submissions);

        browser.SignIn(The.User, NationalId);
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Metadata_that_is_not_listed_goes(BodyKind kind)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "keep: [{ key: branch, pattern: \"^[A-Za-z]+-[0-9]$\" }]" });
        using var browser = run.Browser();
        await browser.OpenAsync();

        var answer = await browser.SubmitAsync(kind, meta: new Dictionary<string, string> { ["branch"] = "Astana-7", ["other"] = "page-made-other", ["Branch"] = "page-made-other" });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var received = run.Simulator.Received.Single();
        Assert.Equal((answer.TransactionId, "Astana-7", null), (received.Meta("transaction_id"), received.Meta("branch"), received.Meta("other")));
        Assert.DoesNotContain("page-made-other", received.BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_value_outside_its_limits_ends_the_upload_and_costs_no_attempt()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "keep: [{ key: branch, max_length: 8 }]", Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var browser = run.Browser();
        await browser.OpenAsync();

        var refused = await browser.SubmitAsync(meta: new Dictionary<string, string> { ["branch"] = "Astana-07" });
        var taken = await browser.SubmitAsync(meta: new Dictionary<string, string> { ["branch"] = "Astana-7" });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "metadata_invalid"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Single(run.Simulator.Folders);
    }

    [Fact]
    public async Task A_poll_brings_no_metadata_but_what_is_listed()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "keep: [{ key: branch }]" });
        using var browser = run.Browser();
        await browser.OpenAsync();

        await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "request.php"))
        {
            Content = new StringContent("""{"session_id":"s","meta":{"branch":"a","other":"page-made-other"}}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        });

        Assert.Equal("""{"session_id":"s","meta":{"branch":"a"}}""", run.Simulator.Received.All.Single(request => request.Path == "/request.php").BodyText);
    }

    [Theory]
    [InlineData("?transaction_id=" + Named, null, null, "query")]
    [InlineData("?x=%7B%22meta%22%3A%7B%22Transaction-Id%22%3A%22" + Named + "%22%7D%7D", null, null, "query")]
    [InlineData("?transaction_id=" + Named + "&ozgateway-head=1", null, null, "query")]
    [InlineData("", "X-Transaction-Id", Named, "header")]
    [InlineData("", "transaction_id", Named, "header")]
    [InlineData("", "User-Agent", "Browser transaction_id=" + Named, "header")]
    public async Task A_foreign_id_beside_the_body_is_suspected_once(string query, string? header, string? value, string place)
    {
        await using var run = await GatewayRun.StartAsync();
        using var metrics = new MetricRecorder(run, "ozgateway.relay_suspected");
        using var browser = run.Browser();
        await browser.OpenAsync();

        var answer = await browser.SubmitAsync(meta: new Dictionary<string, string>(), change: request => Say(request, query, header, value));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(new Dictionary<string, long> { ["ozgateway.reason=" + place] = 1 }, metrics.Sums);
        using var desk = run.BackendClient();
        Assert.Contains("\"relay_suspected\":true", (await desk.AskAsync(answer.TransactionId!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_own_id_beside_the_body_is_not_suspected()
    {
        await using var run = await GatewayRun.StartAsync();
        using var metrics = new MetricRecorder(run, "ozgateway.relay_suspected");
        using var browser = run.Browser();
        await browser.OpenAsync();
        var id = (await browser.PostAsync("transactions")).TransactionId!;

        var answer = await browser.SubmitAsync(meta: new Dictionary<string, string>(), change: request => Say(request, "?transaction_id=" + id, "X-Transaction-Id", id));

        Assert.Equal((HttpStatusCode.OK, id), (answer.Status, answer.TransactionId));
        await run.QuietAsync();
        Assert.Empty(metrics.Sums);
    }

    [Theory]
    [InlineData("?transaction_id=" + Named, null)]
    [InlineData("", "X-Transaction-Id")]
    public async Task A_foreign_id_beside_the_body_is_refused_where_the_rules_say_so(string query, string? header)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = "issue: explicit", Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var metrics = new MetricRecorder(run, "ozgateway.relay_suspected");
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.PostAsync("transactions");

        var refused = await browser.SubmitAsync(meta: new Dictionary<string, string>(), change: request => Say(request, query, header, Named));
        Assert.Equal((HttpStatusCode.Conflict, "transaction_mismatch"), (refused.Status, refused.Code));
        Assert.Empty(run.Simulator.Received.Submissions);
        await run.QuietAsync();
        Assert.Single(metrics.Sums);

        // Neither the use nor the attempt is gone.
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync(meta: new Dictionary<string, string>())).Status);
    }

    [Fact]
    public async Task What_was_removed_is_counted_by_place()
    {
        await using var run = await GatewayRun.StartAsync();
        using var metrics = new MetricRecorder(run, "ozgateway.injection.removed_values");
        using var browser = run.Browser();
        await browser.OpenAsync();

        await browser.SubmitAsync(change: request => Say(request, "?iin=1&transaction_id=" + Named, "User-Agent", "Browser iin=1"));
        await browser.SubmitAsync(meta: new Dictionary<string, string>());

        await run.QuietAsync();
        Assert.Equal(
            new Dictionary<string, long> { ["ozgateway.place=body"] = 3, ["ozgateway.place=query"] = 2, ["ozgateway.place=header"] = 1 },
            metrics.Sums);
    }

    private static void Say(HttpRequestMessage request, string query, string? header, string? value)
    {
        request.RequestUri = new Uri(request.RequestUri + query);
        if (header is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        }
    }
}
