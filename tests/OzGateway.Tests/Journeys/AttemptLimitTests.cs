using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>So many attempts, and not one more reaches the adapter.</summary>
public sealed class AttemptLimitTests
{
    public static TheoryData<string> AllDialects => [.. Dialects.Names];

    [Theory]
    [MemberData(nameof(AllDialects))]
    public async Task The_sixth_attempt_of_five_is_refused_with_the_exact_wait(string dialect)
    {
        await using var run = await GatewayRun.StartAsync(Dialects.Of(dialect));
        using var browser = run.Browser();
        await browser.OpenAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);
            run.Time.Advance(TimeSpan.FromSeconds(10));
        }

        var sixth = await browser.SubmitAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.Status);
        Assert.Equal("attempts_exceeded", sixth.Code);
        Assert.Equal("850", sixth.Headers["Retry-After"]); // 15 minutes after the first, 50 seconds of which have passed
        Assert.Equal("application/problem+json", sixth.Headers["Content-Type"]);
        Assert.Equal(5, run.Simulator.Received.Submissions.Count);

        run.Time.Advance(TimeSpan.FromSeconds(849));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync()).Status);
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);
    }

    [Fact]
    public async Task Of_forty_at_once_exactly_five_reach_the_adapter()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => browser.SubmitAsync(mediaBytes: 80_000)));

        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(35, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(5, run.Simulator.Received.Submissions.Count);
        Assert.Equal(5, run.Simulator.Received.Submissions.Select(request => request.Meta("transaction_id")).Distinct().Count());
    }

    [Fact]
    public async Task Users_have_budgets_of_their_own_whatever_the_body_kind()
    {
        await using var run = await GatewayRun.StartAsync();
        using var alice = run.Browser();
        using var bob = run.Browser(The.OtherUser);
        await alice.OpenAsync();
        await bob.OpenAsync();
        BodyKind[] kinds = [BodyKind.Multipart, BodyKind.Json, BodyKind.Form, BodyKind.Container, BodyKind.Multipart];
        foreach (var kind in kinds)
        {
            Assert.Equal(HttpStatusCode.OK, (await alice.SubmitAsync(kind)).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await alice.SubmitAsync(BodyKind.Json)).Status);
        Assert.Equal(HttpStatusCode.OK, (await bob.SubmitAsync()).Status);
    }

    [Fact]
    public async Task Polls_are_no_attempts()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.SubmitAsync();
        for (var poll = 0; poll < 20; poll++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.PollAsync()).Status);
        }
    }

    [Fact]
    public async Task A_poll_beyond_its_size_is_an_attempt()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Attempts = "windows: [{ permit_limit: 1, window: 15m }]" });
        using var browser = run.Browser();
        await browser.OpenAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);

        var dressedUp = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(run.Public, "request.php"))
        {
            Content = new StringContent($"{{\"session_id\":\"{browser.AdapterSession}\",\"pad\":\"{new string('x', 65_536)}\"}}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        });

        Assert.Equal(HttpStatusCode.TooManyRequests, dressedUp.Status);
    }

    [Fact]
    public async Task With_count_failed_a_success_that_Oz_confirms_costs_nothing()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Attempts = "count: failed, windows: [{ permit_limit: 1, window: 15m }]",
        });
        run.Simulator.Scenario = Scenario.Success with { PollsUntilFinished = 0 };
        using var browser = run.Browser();
        using var backend = run.BackendClient();
        await browser.OpenAsync();
        var first = await browser.SubmitAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync()).Status); // pending counts as failed

        Assert.Equal("success", await backend.OutcomeAsync(first.TransactionId!));

        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync()).Status);
    }

    [Fact]
    public async Task An_attempt_that_never_reached_the_adapter_is_given_back()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Attempts = "windows: [{ permit_limit: 1, window: 15m }]",
            Destinations = "http://127.0.0.1:1/",
        });
        using var browser = run.Browser();

        var first = await browser.SubmitAsync();
        var second = await browser.SubmitAsync();

        Assert.Equal((HttpStatusCode.BadGateway, "upstream_unavailable"), (first.Status, first.Code));
        Assert.Equal((HttpStatusCode.BadGateway, "upstream_unavailable"), (second.Status, second.Code)); // the one attempt came back
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync()).Status); // as often as there are permits, no oftener
    }

    [Fact]
    public async Task Too_many_polls_are_held_back_by_capacity()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Polls = "permit_limit: 3, window: 1h" });
        using var browser = run.Browser();
        await browser.OpenAsync();
        await browser.SubmitAsync();
        var answers = new List<Answer>();
        for (var poll = 0; poll < 5; poll++)
        {
            answers.Add(await browser.PollAsync());
        }

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.All(answers.Skip(3), answer => Assert.Equal("capacity_exceeded", answer.Code));
        Assert.All(answers.Skip(3), answer => Assert.True(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) is > 0 and <= 3600));
    }
}
