using System.Net;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>A page that starts its transaction before the check.</summary>
public sealed class ExplicitTransactionTests
{
    private static readonly GatewaySettings Explicit = new() { Transaction = "issue: explicit" };

    [Fact]
    public async Task A_transaction_takes_one_check()
    {
        await using var run = await GatewayRun.StartAsync(settings: Explicit);
        using var browser = run.Browser();
        await browser.OpenAsync();
        var issued = await browser.PostAsync("transactions");
        var meta = new Dictionary<string, string> { ["transaction_id"] = issued.TransactionId! };

        var first = await browser.SubmitAsync(meta: meta);
        var second = await browser.SubmitAsync(meta: meta);

        Assert.Equal(HttpStatusCode.Created, issued.Status);
        Assert.Equal(issued.TransactionId, first.TransactionId);
        Assert.Equal(issued.TransactionId, run.Simulator.Received.Single().Meta("transaction_id"));
        Assert.Equal((HttpStatusCode.Conflict, "transaction_used"), (second.Status, second.Code));
    }

    [Fact]
    public async Task A_submission_without_a_transaction_is_refused_before_it_costs_anything()
    {
        await using var run = await GatewayRun.StartAsync(settings: Explicit with { Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var browser = run.Browser();
        await browser.OpenAsync();

        var refused = await browser.SubmitAsync();
        await browser.PostAsync("transactions");
        var taken = await browser.SubmitAsync(meta: new Dictionary<string, string>());

        Assert.Equal((HttpStatusCode.Forbidden, "transaction_required"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Single(run.Simulator.Received.Submissions);
    }

    [Fact]
    public async Task Another_users_ticket_is_foreign()
    {
        await using var run = await GatewayRun.StartAsync(settings: Explicit);
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.PostAsync("transactions");

        browser.SignIn(The.OtherUser); // the ticket of the first user is still in this browser
        var answer = await browser.SubmitAsync(meta: new Dictionary<string, string>());

        Assert.Equal((HttpStatusCode.Forbidden, "transaction_foreign"), (answer.Status, answer.Code));
        Assert.Empty(run.Simulator.Received.Submissions);
    }

    [Fact]
    public async Task A_foreign_id_in_the_body_ends_the_upload()
    {
        await using var run = await GatewayRun.StartAsync(settings: Explicit);
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.PostAsync("transactions");

        var answer = await browser.SubmitAsync();

        Assert.Equal((HttpStatusCode.Conflict, "transaction_mismatch"), (answer.Status, answer.Code));
        Assert.Empty(run.Simulator.Folders);
        Assert.DoesNotContain(run.Simulator.Received.Submissions, request => request.Complete);
    }

    [Fact]
    public async Task A_transaction_past_its_time_is_over()
    {
        await using var run = await GatewayRun.StartAsync(settings: Explicit);
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.PostAsync("transactions");

        run.Time.Advance(TimeSpan.FromMinutes(10));
        var answer = await browser.SubmitAsync(meta: new Dictionary<string, string>());

        Assert.Equal((HttpStatusCode.Gone, "transaction_expired"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_fourth_open_transaction_revokes_the_oldest()
    {
        await using var run = await GatewayRun.StartAsync(settings: Explicit);
        using var first = run.Browser();
        using var later = run.Browser();
        await first.OpenAsync();
        await first.PostAsync("transactions");
        for (var issue = 0; issue < 3; issue++)
        {
            Assert.Equal(HttpStatusCode.Created, (await later.PostAsync("transactions")).Status);
        }

        var answer = await first.SubmitAsync(meta: new Dictionary<string, string>());

        Assert.Equal((HttpStatusCode.Gone, "transaction_expired"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_page_learns_an_implicit_id_and_nothing_of_the_outcome()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        using var stranger = run.Browser(The.OtherUser);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("transactions/current")).Status);
        var last = await browser.CheckAsync();

        var current = await browser.GetAsync("transactions/current");

        Assert.Equal(Answer.Finished, last.Text);
        Assert.Null(last.TransactionId); // never on a poll
        Assert.Contains(run.Simulator.Received.Single().Meta("transaction_id")!, current.Text, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"finished\"", current.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("transactions/current")).Status);
    }

    [Fact]
    public async Task Without_a_verified_user_nothing_is_issued_or_taken()
    {
        await using var run = await GatewayRun.StartAsync();
        using var nobody = run.Browser(user: null);

        foreach (var answer in (Answer[])[await nobody.OpenAsync(), await nobody.SubmitAsync(), await nobody.PollAsync(), await nobody.PostAsync("transactions")])
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "user_key_missing"), (answer.Status, answer.Code));
        }

        Assert.Empty(run.Simulator.Received.All);
    }
}
