using System.Net;
using System.Net.Http.Headers;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class StaticFileTests
{
    [Theory]
    [InlineData("liveness.css", "text/css", 4_000)]
    [InlineData("container.wasm", "application/wasm", 100 * 1024)]
    [InlineData("ozliveness_main.js", "application/javascript", 3_000_000)]
    public async Task A_static_file_has_its_type_its_size_and_an_etag(string name, string type, int leastBytes)
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.Client.SendAsync(run.Dialect.Asset(run.Simulator.Address, name));

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length >= leastBytes);
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task A_static_file_that_is_known_is_not_sent_again()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var first = await run.Client.GetAsync("/vendor/container.wasm");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/vendor/container.wasm");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await run.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task A_range_of_a_static_file_is_sent()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/plugin/container.wasm");
        request.Headers.Range = new RangeHeaderValue(1, 3);

        using var answer = await run.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("asm", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_static_file_is_gzipped_for_those_who_ask()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var request = run.Dialect.Script(run.Simulator.Address);
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");

        using var answer = await run.Client.SendAsync(request);

        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
    }

    [Theory]
    [InlineData("/debug.php")]
    [InlineData("/core/app_config.json")]
    [InlineData("/logs/access.log")]
    public async Task What_a_proxy_must_block_is_served_with_a_secret_in_it(string path)
    {
        await using var run = await SimulatorRun.StartAsync();

        Assert.Contains("api_token", await run.Client.GetStringAsync(path), StringComparison.Ordinal);
        Assert.Equal(RequestKind.Secret, run.Simulator.Received.All.Single().Kind);
    }

    [Fact]
    public async Task A_preflight_allows_what_the_plugin_sends()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/request.php");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,esid");

        using var answer = await run.Client.SendAsync(request);

        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("content-type,esid", answer.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }
}
