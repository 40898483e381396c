using System.Net;
using System.Text.Json;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>What a backend does besides asking: issue, list, revoke, consume, take receipts; and what it is told by right.</summary>
public sealed class BackendApiTests
{
    [Fact]
    public async Task A_backend_issues_a_transaction_and_the_check_under_its_ticket_is_that_transaction()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        var issued = await desk.IssueAsync();
        var id = issued.Member("transaction_id")!;
        Assert.Equal(HttpStatusCode.Created, issued.Status);
        Assert.Equal("not_found", await desk.OutcomeAsync(id));
        Assert.Empty(run.Simulator.Received.OzApiCalls);

        await SubmitAsync(run, issued);

        Assert.Equal(id, run.Simulator.Received.Single().Meta("transaction_id"));
        Assert.Equal("success", await desk.OutcomeAsync(id));
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_transaction_of_the_same_user()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        using var other = run.BackendClient(The.IssuingBackendKey);

        var first = await desk.IssueAsync(idempotencyKey: "order-1");

        Assert.Equal(first.Text, (await desk.IssueAsync(idempotencyKey: "order-1")).Text);
        Assert.NotEqual(first.Text, (await desk.IssueAsync(idempotencyKey: "order-2")).Text);
        Assert.NotEqual(first.Text, (await desk.IssueAsync()).Text);
        Assert.NotEqual(first.Text, (await other.IssueAsync(idempotencyKey: "order-1")).Text);
        var reused = await desk.IssueAsync(The.OtherUser, "order-1");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (reused.Status, reused.Code));
        run.Time.Advance(TimeSpan.FromHours(24));
        Assert.NotEqual(first.Text, (await desk.IssueAsync(idempotencyKey: "order-1")).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    public async Task What_cannot_be_an_idempotency_key_is_refused(string key)
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);

        var refused = await desk.IssueAsync(idempotencyKey: key);

        Assert.Equal((HttpStatusCode.BadRequest, "idempotency_key_invalid"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task The_newest_transactions_of_a_user_are_listed_without_their_verdicts()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        var first = await desk.IssueAsync();
        await SubmitAsync(run, first);
        var second = await desk.IssueAsync();
        await desk.IssueAsync(The.OtherUser);

        var list = JsonElement.Parse((await desk.ListAsync()).Text).GetProperty("transactions").EnumerateArray().ToList();

        Assert.Equal(
            [(second.Member("transaction_id"), "issued"), (first.Member("transaction_id"), "finished")],
            list.Select(each => (each.GetProperty("transaction_id").GetString(), each.GetProperty("state").GetString()!)));
        Assert.All(list, each => Assert.False(each.TryGetProperty("outcome", out _)));
    }

    [Fact]
    public async Task No_more_than_twenty_are_listed()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        for (var number = 0; number < 25; number++)
        {
            await desk.IssueAsync();
        }

        Assert.Equal(20, JsonElement.Parse((await desk.ListAsync()).Text).GetProperty("transactions").GetArrayLength());
    }

    [Fact]
    public async Task A_revoked_transaction_takes_no_submission_and_gives_no_verdict()
    {
        await using var run = await StartAsync("issue: explicit");
        using var desk = run.BackendClient(The.DeskBackendKey);
        var (open, checkedOne) = (await desk.IssueAsync(), await desk.IssueAsync());
        await SubmitAsync(run, checkedOne);

        Assert.Equal(HttpStatusCode.NoContent, (await desk.RevokeAsync(open.Member("transaction_id")!)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await desk.RevokeAsync(open.Member("transaction_id")!)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await desk.RevokeAsync(checkedOne.Member("transaction_id")!)).Status);

        Assert.Equal(HttpStatusCode.Gone, (await SubmitAsync(run, open)).Status);
        foreach (var id in new[] { open.Member("transaction_id")!, checkedOne.Member("transaction_id")! })
        {
            var answer = await desk.AskAsync(id, query: "?wait=20s");
            Assert.Equal(("not_found", "revoked"), (answer.Member("outcome"), answer.Member("reason")));
        }

        Assert.Single(run.Simulator.Received.Submissions);
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Fact]
    public async Task A_verdict_is_consumed_once_and_may_still_be_read()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(run, desk);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => desk.AskAsync(id, query: "?consume=true")));

        Assert.Contains("\"consumed\":true", Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.OK), answer => Assert.Equal((HttpStatusCode.Conflict, "transaction_consumed"), (answer.Status, answer.Code)));
        Assert.Equal("success", await desk.OutcomeAsync(id));
        Assert.Equal("transaction_consumed", (await desk.TakeReceiptAsync(id)).Code);
        Assert.Equal("transaction_consumed", (await desk.RevokeAsync(id)).Code);
    }

    [Fact]
    public async Task A_check_that_is_not_over_is_not_consumed()
    {
        await using var run = await StartAsync();
        run.Simulator.Scenario = Scenario.Processing;
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(run, desk);

        Assert.Contains("\"consumed\":false", (await desk.AskAsync(id, query: "?consume=true")).Text, StringComparison.Ordinal);
        Assert.Equal("verdict_not_final", (await desk.TakeReceiptAsync(id, idempotencyKey: "k")).Code);

        run.Simulator.FinishFolder(run.Simulator.Folders.Single().FolderId, Verdict.Declined);
        Assert.Equal(HttpStatusCode.Created, (await desk.TakeReceiptAsync(id, idempotencyKey: "k")).Status);
    }

    [Fact]
    public async Task After_a_restart_a_verdict_is_found_and_consumed_once_again_and_what_was_revoked_is_forgotten()
    {
        await using var before = await StartAsync();
        using var first = before.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(before, first);
        await using var after = await GatewayRun.StartAsync(simulator: before.Simulator);
        using var desk = after.BackendClient(The.DeskBackendKey);
        using var master = after.BackendClient(The.MasterBackendKey);

        Assert.Equal("not_found", await desk.OutcomeAsync(id, The.OtherUser));
        Assert.Equal("not_found", await master.OutcomeAsync(id, user: null)); // the id proves itself only together with its user
        Assert.Empty(after.Simulator.Received.OzApiCalls);
        Assert.Equal("success", await desk.OutcomeAsync(id, query: "?consume=true"));
        Assert.Equal("transaction_consumed", (await desk.AskAsync(id, query: "?consume=true")).Code);
    }

    [Fact]
    public async Task A_verdict_is_not_read_when_its_time_to_be_read_is_over()
    {
        await using var run = await StartAsync("issue: implicit, read_within: 1h");
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(run, desk);

        run.Time.Advance(TimeSpan.FromMinutes(62));

        var answer = await desk.AskAsync(id);
        Assert.Equal(("not_found", "expired"), (answer.Member("outcome"), answer.Member("reason")));
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Theory]
    [InlineData("?wait=20")]
    [InlineData("?wait=")]
    [InlineData("?wait=soon")]
    [InlineData("?wait=-1s")]
    [InlineData("?wait=1s&wait=2s")]
    [InlineData("?consume=1")]
    [InlineData("?consume=TRUE")]
    [InlineData("?consume=true&consume=false")]
    public async Task A_wish_that_is_not_understood_is_refused(string query)
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);

        Assert.Equal("query_invalid", (await desk.AskAsync("any", query: query)).Code);
    }

    [Fact]
    public async Task Who_waits_is_told_as_soon_as_the_check_has_ended()
    {
        await using var run = await StartAsync();
        run.Simulator.Scenario = Scenario.Processing;
        using var desk = run.BackendClient(The.DeskBackendKey);
        var issued = await desk.IssueAsync();
        var waiting = desk.AskAsync(issued.Member("transaction_id")!, query: "?wait=60s"); // before the user has even submitted
        await SubmitAsync(run, issued);

        run.Simulator.FinishFolder(run.Simulator.Folders.Single().FolderId, Verdict.Success);

        Assert.Equal("success", (await run.PassUntilAsync(waiting, TimeSpan.FromMilliseconds(500))).Member("outcome"));
    }

    [Fact]
    public async Task Who_waits_longer_than_the_limit_is_told_how_it_stands()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Verdicts = "wait_limit: 5s" });
        run.Simulator.Scenario = Scenario.Processing;
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(run, desk);
        var started = run.Time.GetUtcNow();

        var answer = await run.PassUntilAsync(desk.AskAsync(id, query: "?wait=1d"), TimeSpan.FromMilliseconds(250));

        Assert.Equal("processing", answer.Member("outcome"));
        Assert.InRange(run.Simulator.Received.OzApiCalls.Count, 1, 3); // at 0, 1 and 3 s
        Assert.InRange(run.Time.GetUtcNow() - started, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Details_are_told_by_right_only()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        using var detail = run.BackendClient(The.DetailBackendKey);
        var id = await CheckedAsync(run, desk);

        var plain = (await desk.AskAsync(id)).Text;
        var rich = JsonElement.Parse((await detail.AskAsync(id)).Text);

        foreach (var secret in new[] { "confidence", "threshold", "http", "url", "media", "scores", "images", "tags" })
        {
            Assert.DoesNotContain(secret, plain, StringComparison.OrdinalIgnoreCase);
        }

        var analysis = rich.GetProperty("analyses")[0];
        Assert.Equal((0.0579, 0.5), (analysis.GetProperty("scores").GetProperty("confidence_spoofing").GetDouble(), analysis.GetProperty("thresholds").GetProperty("threshold_spoofing").GetDouble()));
        Assert.EndsWith("_best.jpg", analysis.GetProperty("images")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("video_selfie_blank", rich.GetProperty("media")[0].GetProperty("tags")[1].GetString());
    }

    [Fact]
    public async Task A_folder_that_bears_no_id_is_found_because_the_adapter_named_it()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(run, desk);
        run.Simulator.AddFolder(run.Simulator.Folders.Single() with { MetaData = new Dictionary<string, string>() });

        Assert.Equal("success", await desk.OutcomeAsync(id));
        Assert.Equal(["/api/folders/", $"/api/folders/{run.Simulator.Folders.Single().FolderId}"], run.Simulator.Received.OzApiCalls.Select(call => call.Path));
    }

    [Fact]
    public async Task A_folder_that_bears_the_id_but_is_not_the_one_the_adapter_named_is_no_success()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(run, desk);
        run.Simulator.ClearFolders();
        run.Simulator.AddFolder(SimulatedFolder.Of(id));

        var answer = await desk.AskAsync(id);

        Assert.Equal(("ambiguous", "not_the_bound_folder"), (answer.Member("outcome"), answer.Member("reason")));
    }

    [Fact]
    public async Task Instant_analyses_leave_nothing_to_find()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { OzApi = ", architecture: lite" });
        using var desk = run.BackendClient(The.DeskBackendKey);
        var id = await CheckedAsync(run, desk);

        var answer = await desk.AskAsync(id, query: "?wait=20s");

        Assert.Equal(("not_available", "architecture_lite"), (answer.Member("outcome"), answer.Member("reason")));
        Assert.Empty(run.Simulator.Received.OzApiCalls);
    }

    [Fact]
    public async Task Required_tags_and_analyses_are_required()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Verdicts = "required_tags: [video_selfie_smile]" });
        await using var strict = await GatewayRun.StartAsync(settings: new GatewaySettings { Verdicts = "required_analyses: [biometry]" });

        foreach (var (gateway, reason) in new[] { (run, "tags_missing"), (strict, "analysis_missing") })
        {
            using var desk = gateway.BackendClient(The.DeskBackendKey);
            var answer = await desk.AskAsync(await CheckedAsync(gateway, desk));
            Assert.Equal(("failed", reason), (answer.Member("outcome"), answer.Member("reason")));
        }
    }

    [Fact]
    public async Task Each_call_has_a_line_with_the_name_of_its_key_and_nothing_that_is_secret()
    {
        await using var run = await StartAsync();
        using var desk = run.BackendClient(The.DeskBackendKey);
        using var issuing = run.BackendClient(The.IssuingBackendKey);
        var id = await CheckedAsync(run, desk);
        await desk.AskAsync(id);
        await issuing.AskAsync(id);

        await run.QuietAsync();
        var lines = run.Logs.Lines.Where(line => line.Event == "BackendAnswered").Select(line => line.Text.TrimEnd()).ToList();

        Assert.Equal(["Backend desk called issue: 201 answered.", "Backend desk called read: 200 answered.", "Backend issuing called read: 403 backend_right_missing."], lines);
        foreach (var secret in new[] { The.DeskBackendKey, The.User, id })
        {
            Assert.DoesNotContain(run.Logs.Lines, line => line.Text.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_outcome_settles_the_attempt_once_though_the_adapter_told_nothing_of_it()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Attempts = "count: failed, windows: [{ permit_limit: 1, window: 15m }]" });
        run.Simulator.Scenario = Scenario.Success with { ResultMode = ResultMode.Safe, PollsUntilFinished = 0 };
        using var desk = run.BackendClient(The.DeskBackendKey);
        using var browser = run.Browser();
        await browser.OpenAsync();
        var id = (await browser.SubmitAsync()).TransactionId!;
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync()).Status); // pending counts as failed

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.AskAsync(id)));

        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status); // it succeeded: nothing failed
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync()).Status);
    }

    private static Task<GatewayRun> StartAsync(string transaction = "issue: implicit") =>
        GatewayRun.StartAsync(settings: new GatewaySettings { Transaction = transaction, Attempts = "count: started, windows: [{ permit_limit: 50, window: 15m }]" });

    private static async Task<Answer> SubmitAsync(GatewayRun run, Answer issued)
    {
        run.Simulator.Scenario = run.Simulator.Scenario with { PollsUntilFinished = run.Simulator.Scenario.PollsUntilFinished == int.MaxValue ? int.MaxValue : 0 };
        using var browser = run.Browser();
        browser.TakeTicket(issued.Member("ticket")!);
        await browser.OpenAsync();
        return await browser.SubmitAsync(meta: new Dictionary<string, string> { ["branch"] = "Astana-7" });
    }

    private static async Task<string> CheckedAsync(GatewayRun run, BackendClient desk)
    {
        var issued = await desk.IssueAsync();
        Assert.Equal(HttpStatusCode.OK, (await SubmitAsync(run, issued)).Status);
        return issued.Member("transaction_id")!;
    }
}
