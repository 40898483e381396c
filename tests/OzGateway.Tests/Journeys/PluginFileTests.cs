using System.Net;
using System.Net.Http.Headers;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The plugin's own files, its telemetry, and the paths that nobody may reach.</summary>
public sealed class PluginFileTests
{
    [Theory]
    [InlineData("plugin_liveness.php")]
    [InlineData("plugin/ozliveness_main.js")]
    [InlineData("vendor/container.wasm")]
    public async Task Files_pass_byte_for_byte_without_a_user(string path)
    {
        await using var run = await GatewayRun.StartAsync();
        using var http = new HttpClient();

        var direct = await http.GetByteArrayAsync(new Uri(run.Simulator.Address, path));
        var through = await http.GetByteArrayAsync(new Uri(run.Public, path));

        Assert.Equal(direct, through);
    }

    [Fact]
    public async Task Ranges_and_conditions_work()
    {
        await using var run = await GatewayRun.StartAsync();
        using var http = new HttpClient();
        var address = new Uri(run.Public, "plugin/ozliveness_main.js");
        using var whole = await http.GetAsync(address);
        using var range = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(100, 199) } };
        using var part = await http.SendAsync(range);
        using var condition = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var unchanged = await http.SendAsync(condition);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal((await whole.Content.ReadAsByteArrayAsync())[100..200], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Telemetry_is_taken_and_answered_with_nothing()
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser(user: null);

        var answer = await browser.SendAsync(run.Simulator.Dialect.Telemetry(run.Public));

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        Assert.Single(run.Simulator.Received.Telemetry);
    }

    [Theory]
    [InlineData("debug.php")]
    [InlineData("core/app_config.json")]
    [InlineData("logs/error.log")]
    [InlineData(".env")]
    [InlineData("api/folders/")]
    [InlineData("plugin/..%2fdebug.php")]
    [InlineData("plugin/%2e%2e/debug.php")]
    [InlineData("plugin//debug.php")]
    public async Task What_no_route_names_is_not_there(string path)
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser();

        var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, RawUri(run.Public, path)));

        Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, answer.Status.ToString());
        Assert.Empty(run.Simulator.Received.All);
    }

    private static Uri RawUri(Uri door, string path)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        return Uri.TryCreate(door.AbsoluteUri + path, options, out var uri) ? uri : throw new ArgumentException(path, nameof(path));
    }
}
