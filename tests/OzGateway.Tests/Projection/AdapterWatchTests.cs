using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Projection;

/// <summary>What changes at the adapter is seen by its names, and what the adapter says too much by its mode.</summary>
public sealed class AdapterWatchTests : IAsyncLifetime
{
    private RawUpstream Upstream { get; } = new();
    private GatewayRun _run = null!;

    public async Task InitializeAsync() => _run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{Upstream.Address}\"" });

    public async Task DisposeAsync()
    {
        await _run.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_new_name_is_logged_once_and_its_value_never()
    {
        await PollAsync("""{"state":"finished","brand_new":"QUOKKA"}""");
        await PollAsync("""{"state":"finished","brand_new":"QUOKKA"}""");

        Assert.Single(_run.Logs.Lines, line => line.Event == "MemberUnknown" && line.Text.Contains("brand_new", StringComparison.Ordinal));
        Assert.DoesNotContain(_run.Logs.Lines, line => line.Text.Contains("QUOKKA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_adapter_that_says_more_than_it_is_meant_to_gives_one_warning()
    {
        await PollAsync("""{"state":"finished"}""");
        Assert.DoesNotContain(_run.Logs.Lines, line => line.Event == "AdapterModeUnexpected");

        await PollAsync(Planted.Full());
        await PollAsync(Planted.Full());

        var line = Assert.Single(_run.Logs.Lines, line => line.Event == "AdapterModeUnexpected");
        Assert.Contains("mode full; expected is safe", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_cookie_is_logged_once_by_its_name()
    {
        await PollAsync("""{"state":"finished"}""", "Set-Cookie: PHPSESSID=QUOKKA");
        await PollAsync("""{"state":"finished"}""", "Set-Cookie: PHPSESSID=QUOKKA");

        Assert.Single(_run.Logs.Lines, line => line.Event == "CookieDropped" && line.Text.Contains("PHPSESSID", StringComparison.Ordinal));
        Assert.DoesNotContain(_run.Logs.Lines, line => line.Text.Contains("QUOKKA", StringComparison.Ordinal));
    }

    private async Task PollAsync(string body, string header = "")
    {
        Upstream.Answer = new RawAnswer(FailClosedCells.Http(Coded.Utf8(body), coding: header));
        using var browser = _run.Browser();
        Assert.Equal(Answer.Finished, (await browser.PollAsync()).Text);
    }
}
