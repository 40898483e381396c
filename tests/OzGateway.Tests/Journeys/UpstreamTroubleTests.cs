using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Whatever the adapter answers: a safe document, or our own problem, and nothing of its text.</summary>
public sealed class UpstreamTroubleTests
{
    private static readonly string[] Secrets =
        ["declined", "score", "confidence", "folder", "33333333", "resolution", "original_url", "http://", "https://oz", "token", "trace", "Exception", "<html"];

    public static TheoryData<string, Breakage> DialectsAndBreakages
    {
        get
        {
            var data = new TheoryData<string, Breakage>();
            foreach (var dialect in (string[])["default", "contrary"])
            {
                foreach (var breakage in Enum.GetValues<Breakage>().Where(breakage => breakage is not Breakage.Stalled))
                {
                    data.Add(dialect, breakage);
                }
            }

            return data;
        }
    }

    public static TheoryData<AnswerEncoding> Encodings => [.. Enum.GetValues<AnswerEncoding>()];

    [Theory]
    [MemberData(nameof(DialectsAndBreakages))]
    public async Task Nothing_of_a_broken_answer_leaves(string dialect, Breakage breakage)
    {
        await using var run = await GatewayRun.StartAsync(Dialects.Of(dialect));
        run.Simulator.Scenario = Scenario.Declined with { PollsUntilFinished = 0, Breakage = breakage };
        using var browser = run.Browser();
        await browser.OpenAsync();

        var submitted = await browser.SubmitAsync();

        Assert.All([submitted, await browser.PollAsync()], AssertSafe);
        Assert.Equal(IsReadable(breakage), submitted.Status == HttpStatusCode.OK);
    }

    // What is wrong with these is only what they tell: a state can be read, so the plugin must go on.
    private static bool IsReadable(Breakage breakage) => breakage is Breakage.None or Breakage.UnknownMember or Breakage.ExtraHeaders
        or Breakage.VerdictAsState or Breakage.LeakBesideResult or Breakage.LeakToken or Breakage.NoContentType;

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Nothing_of_a_coded_answer_leaves(AnswerEncoding encoding)
    {
        await using var run = await GatewayRun.StartAsync();
        run.Simulator.Scenario = Scenario.Declined with { PollsUntilFinished = 0, Encoding = encoding };
        using var browser = run.Browser();
        await browser.OpenAsync();

        var answer = await browser.SubmitAsync();

        AssertSafe(answer);
        if (encoding is AnswerEncoding.Identity or AnswerEncoding.Gzip or AnswerEncoding.Deflate or AnswerEncoding.Brotli)
        {
            Assert.Equal(Answer.Finished, answer.Text);
        }
    }

    [Fact]
    public async Task A_secret_in_a_session_answer_ends_it()
    {
        await using var run = await GatewayRun.StartAsync();
        run.Simulator.Scenario = Scenario.Success with { Breakage = Breakage.LeakToken, BreakageOn = AnswerKinds.All };
        using var browser = run.Browser();

        var config = await browser.GetAsync("config.php");

        Assert.Equal((HttpStatusCode.BadGateway, "upstream_response_rejected"), (config.Status, config.Code));
    }

    [Fact]
    public async Task A_stalled_answer_is_a_timeout()
    {
        await using var run = await GatewayRun.StartAsync();
        run.Simulator.Scenario = Scenario.Success with { Breakage = Breakage.Stalled };
        using var browser = run.Browser();
        await browser.OpenAsync();

        var waiting = browser.PollAsync();
        while (run.Simulator.Received.Polls.Count == 0)
        {
            await Task.Yield();
        }

        while (!waiting.IsCompleted)
        {
            run.Time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(20);
        }

        var answer = await waiting;
        Assert.Equal((HttpStatusCode.GatewayTimeout, "upstream_timeout"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_adapter_that_comes_back_is_found_again()
    {
        await using var run = await GatewayRun.StartAsync();
        var port = run.Simulator.Address.Port;
        using var browser = run.Browser();
        await run.Simulator.DisposeAsync();

        Assert.Equal(HttpStatusCode.BadGateway, (await browser.OpenAsync()).Status);
        await using var revived = await SimulatorApplication.StartAsync(new SimulatorOptions { Port = port });
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync()).Status);
    }

    private static void AssertSafe(Answer answer)
    {
        if (answer.Status == HttpStatusCode.OK)
        {
            Assert.True(answer.Text is Answer.Processing or Answer.Finished, answer.Text);
            Assert.Equal("application/json", answer.Headers["Content-Type"]);
        }
        else
        {
            Assert.True(answer.Status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout, answer.Status.ToString());
            Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        }

        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        var text = answer.Everything.Replace("urn:ozgateway:problem", "", StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }
}
