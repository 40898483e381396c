using System.Net;
using System.Text.Json;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>A ticket in the path of the plugin's address: the script's relative calls carry it, and nobody behind the gateway sees it.</summary>
public sealed class PathTicketTests
{
    private static readonly GatewaySettings Path = new() { Carrier = "path", Transaction = "issue: explicit" };

    [Theory]
    [InlineData("", "hmac_key: { from_file: user_key }")]
    [InlineData("/liveness/v1", "hmac_key: { from_file: user_key }")]
    [InlineData("", "hmac_key: { from_file: next_user_key }\n  previous_hmac_keys: [{ from_file: user_key }]")] // the ticket tells two names of its user
    public async Task A_check_under_a_ticket_in_the_path_needs_nothing_else(string prefix, string keys)
    {
        await using var run = await GatewayRun.StartAsync(settings: Path with { PublicPrefix = prefix.Length == 0 ? null : prefix, Keys = keys });
        var (ticket, transaction) = await IssueAsync(run);
        using var script = run.Browser(user: null);

        var file = await script.GetAsync($"t/{ticket}/plugin_liveness.php");
        var opened = await script.SendAsync(Under(run, ticket, Dialect.Default.Init(run.Public)));
        var session = Dialect.Default.ReadSession(opened.Text)!;
        var submitted = await script.SendAsync(Under(run, ticket, Submission(run, session)));
        var polled = submitted;
        for (var poll = 0; poll < 20 && polled.Text == Answer.Processing; poll++)
        {
            polled = await script.SendAsync(Under(run, ticket, Dialect.Default.Poll(run.Public, session)));
        }

        Assert.Equal((HttpStatusCode.OK, "no-referrer"), (file.Status, file.Headers["Referrer-Policy"]));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, Answer.Finished), (opened.Status, submitted.Status, polled.Text));
        Assert.Equal(transaction, run.Simulator.Received.Single().Meta("transaction_id"));
        Assert.DoesNotContain("Set-Cookie", submitted.Headers.Keys);
        using var backend = run.BackendClient();
        Assert.Equal("success", await backend.OutcomeAsync(transaction));
    }

    [Fact]
    public async Task The_ticket_is_never_forwarded_and_never_logged()
    {
        await using var run = await GatewayRun.StartAsync(settings: Path);
        var (ticket, _) = await IssueAsync(run);
        using var script = run.Browser(user: null);
        await script.GetAsync($"t/{ticket}/plugin_liveness.php?t={ticket[..20]}");
        await script.SendAsync(Under(run, ticket, Submission(run, "no-session")));
        await script.GetAsync($"t/{ticket}/unknown");

        Assert.All(run.Simulator.Received.All, received =>
        {
            Assert.DoesNotContain(ticket, received.Path + received.Query + string.Join('\n', received.Headers), StringComparison.Ordinal);
            Assert.DoesNotContain("/t/", received.Path, StringComparison.Ordinal);
        });
        // The framework's own line about a request that begins is off in what ships; everything of ours is on here.
        Assert.DoesNotContain(run.Logs.Lines, line => line.Text.Contains(ticket, StringComparison.Ordinal) && !line.Category.StartsWith("Microsoft.", StringComparison.Ordinal));
        Assert.DoesNotContain(ticket, await File.ReadAllTextAsync(run.AuditPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_changed_cut_or_doubled_gives_nothing()
    {
        await using var run = await GatewayRun.StartAsync(settings: Path);
        var (ticket, _) = await IssueAsync(run);
        using var script = run.Browser(user: null);
        var changed = (ticket[0] == 'B' ? 'C' : 'B') + ticket[1..];
        (string Path, HttpStatusCode Status)[] calls =
        [
            ($"t/{changed}/request.php", HttpStatusCode.Unauthorized), ($"t/{ticket[..^1]}/request.php", HttpStatusCode.NotFound),
            ($"t/{ticket}A/request.php", HttpStatusCode.NotFound), ($"t/{ticket}/t/{ticket}/request.php", HttpStatusCode.NotFound),
            ($"T/{ticket}/request.php", HttpStatusCode.NotFound), ($"t/{ticket}", HttpStatusCode.NotFound), ($"t/{ticket}/", HttpStatusCode.NotFound),
            ($"t//{ticket}/request.php", HttpStatusCode.BadRequest),
            ($"x/t/{ticket}/request.php", HttpStatusCode.NotFound), ($"t/{ticket}/debug.php", HttpStatusCode.NotFound),
        ];
        foreach (var (path, status) in calls)
        {
            Assert.Equal((path, status), (path, (await script.PostAsync(path)).Status));
        }

        Assert.Empty(run.Simulator.Received.All);
    }

    [Fact]
    public async Task A_ticket_that_is_over_gives_nothing()
    {
        await using var run = await GatewayRun.StartAsync(settings: Path);
        var (ticket, _) = await IssueAsync(run);
        using var script = run.Browser(user: null);

        run.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(HttpStatusCode.Unauthorized, (await script.SendAsync(Under(run, ticket, Dialect.Default.Init(run.Public)))).Status);
    }

    [Fact]
    public async Task A_ticket_issued_to_one_listed_page_is_nothing_in_the_hands_of_another()
    {
        await using var run = await GatewayRun.StartAsync(settings: Path with { Browser = "browser: { origins: [\"https://bank.example\", \"https://shop.example\"] }" });
        var (ticket, _) = await IssueAsync(run, "https://bank.example");
        using var script = run.Browser(user: null);

        var other = await script.SendAsync(From("https://shop.example", Under(run, ticket, Dialect.Default.Init(run.Public))));
        var same = await script.SendAsync(From("https://bank.example", Under(run, ticket, Dialect.Default.Init(run.Public))));

        Assert.Equal((HttpStatusCode.Forbidden, "transaction_foreign"), (other.Status, other.Code));
        Assert.Equal(HttpStatusCode.OK, same.Status);
    }

    [Theory]
    [InlineData("cookie")]
    [InlineData("identity")]
    public async Task Under_another_carrier_there_is_no_such_path(string carrier)
    {
        await using var run = await GatewayRun.StartAsync(settings: Path);
        await using var other = await GatewayRun.StartAsync(settings: new GatewaySettings { Carrier = carrier }, simulator: run.Simulator);
        var (ticket, _) = await IssueAsync(run);
        using var browser = other.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"t/{ticket}/plugin_liveness.php")).Status);
    }

    [Fact]
    public async Task The_backend_door_knows_no_tickets_in_paths()
    {
        await using var run = await GatewayRun.StartAsync(settings: Path);
        var (ticket, transaction) = await IssueAsync(run);
        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {The.BackendKey}" }, { "OzGateway-User", The.User } } };

        using var answer = await http.GetAsync(new Uri(run.Backend, $"t/{ticket}/transactions/{transaction}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<(string Ticket, string Transaction)> IssueAsync(GatewayRun run, string? origin = null)
    {
        using var page = run.Browser();
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "transactions")) { Headers = { { "OzGateway-Request", "1" } } };
        var issued = await page.SendAsync(origin is null ? request : From(origin, request));
        var document = JsonDocument.Parse(issued.Text).RootElement;
        var address = document.GetProperty("plugin_url").GetString()!;
        var ticket = address.Split('/')[^2];
        Assert.Equal($"{run.Public.AbsolutePath}t/{ticket}/plugin_liveness.php", address);
        return (ticket, document.GetProperty("transaction_id").GetString()!);
    }

    private static HttpRequestMessage Submission(GatewayRun run, string session) =>
        Dialect.Default.Submission(run.Public, session, new Dictionary<string, string>(), [MediaPart.OfSize(100_000)], BodyKind.Multipart);

    private static HttpRequestMessage From(string origin, HttpRequestMessage request)
    {
        request.Headers.Add("Origin", origin);
        return request;
    }

    private static HttpRequestMessage Under(GatewayRun run, string ticket, HttpRequestMessage request)
    {
        request.RequestUri = new Uri(run.Public, $"t/{ticket}/{run.Public.MakeRelativeUri(request.RequestUri!)}");
        return request;
    }
}
