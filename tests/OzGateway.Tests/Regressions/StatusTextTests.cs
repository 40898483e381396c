using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Regressions;

/// <summary>The proxy copied the text behind the adapter's status to the browser: <c>HTTP/1.1 200 OK declined</c>.</summary>
public sealed class StatusTextTests
{
    [Theory]
    [InlineData(Breakage.ExtraHeaders, "OK")]
    [InlineData(Breakage.ErrorStatus500WithDetails, "Bad Gateway")]
    public async Task The_text_behind_the_adapters_status_does_not_leave(Breakage breakage, string standard)
    {
        await using var run = await GatewayRun.StartAsync();
        run.Simulator.Scenario = Scenario.Declined with { Breakage = breakage };
        using var browser = run.Browser();
        await browser.OpenAsync();
        using var plain = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var submission = run.Simulator.Dialect.Submission(
            run.Public, browser.AdapterSession, new Dictionary<string, string>(), [MediaPart.OfSize(1000)], BodyKind.Multipart);
        submission.Headers.Add("Cookie", $"session={Tokens.For(The.User, run.Time.GetUtcNow())}");

        using var answer = await plain.SendAsync(submission);

        Assert.Equal(standard, answer.ReasonPhrase);
    }
}
