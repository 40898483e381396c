using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Capacity;

/// <summary>What is counted by address is counted before anybody's token is looked at.</summary>
public sealed class FloodTests
{
    private const string Bearer = "    - jwt_claim: { claim: sub, issuer: \"https://login.example\", audience: liveness, key: { from_file: jwt_key } }";
    private const string Polls = "polls: { ";

    [Theory]
    [InlineData("floods: { permit_limit: 2, window: 1h }", "401 401 429 429")]
    [InlineData("floods: { permit_limit: 2, window: 1h, per: user }", "401 401 401 401")] // nobody is named, so nothing is used
    [InlineData("polls: { permit_limit: 2, window: 1h, per: address }", "401 401 429 429")]
    [InlineData("polls: { permit_limit: 2, window: 1h }", "401 401 401 401")]
    public async Task Bad_tokens_use_up_the_capacity_of_their_address(string capacity, string statuses)
    {
        await using var run = await GatewayRun.StartAsync(settings: Settings(capacity));
        using var http = new HttpClient();

        Assert.Equal(statuses, await AskAsync(http, 4, () => Poll(run, ("Authorization", "Bearer no.such.token"))));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_each_client_has_its_own()
    {
        await using var run = await GatewayRun.StartAsync(settings: Settings("floods: { permit_limit: 2, window: 1h }") with { PublicDoor = ", trusted_proxies: [\"127.0.0.1/32\"]" });
        using var http = new HttpClient();

        Assert.Equal("200 200 429", await AskAsync(http, 3, () => Script(run, ("X-Forwarded-For", "192.0.2.1"))));
        Assert.Equal("200 200 429", await AskAsync(http, 3, () => Script(run, ("X-Forwarded-For", "192.0.2.1, 192.0.2.2"))));
        Assert.Equal("401 401 429", await AskAsync(http, 3, () => Poll(run, ("X-Forwarded-For", "192.0.2.3"))));
    }

    [Fact]
    public async Task Without_one_listed_no_header_makes_another_client()
    {
        await using var run = await GatewayRun.StartAsync(settings: Settings("floods: { permit_limit: 2, window: 1h }"));
        using var http = new HttpClient();
        var number = 0;

        Assert.Equal("200 200 429 429", await AskAsync(http, 4, () => Script(run, ("X-Forwarded-For", $"192.0.2.{number++}"))));
    }

    [Fact]
    public async Task Calls_at_once_by_address_are_held_until_their_end()
    {
        await using var run = await GatewayRun.StartAsync(settings: Settings("floods: { concurrency: 1 }"));
        using var http = new HttpClient();

        Assert.Equal("200 200 200", await AskAsync(http, 3, () => Script(run)));
    }

    // GatewaySettings writes the inside of capacity.polls: what comes after it is closed and opened here.
    private static GatewaySettings Settings(string capacity) => new()
    {
        Sources = Bearer,
        Polls = capacity.StartsWith(Polls, StringComparison.Ordinal) ? capacity[Polls.Length..^2] : $"permit_limit: 1000, window: 1m }}, {capacity[..^2]}",
    };

    private static HttpRequestMessage Poll(GatewayRun run, params (string Name, string Value)[] headers) => With(run.Simulator.Dialect.Poll(run.Public, "x"), headers);

    private static HttpRequestMessage Script(GatewayRun run, params (string Name, string Value)[] headers) =>
        With(new HttpRequestMessage(HttpMethod.Get, new Uri(run.Public, "plugin_liveness.php")), headers);

    private static HttpRequestMessage With(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static async Task<string> AskAsync(HttpClient http, int times, Func<HttpRequestMessage> make)
    {
        List<int> statuses = [];
        for (var call = 0; call < times; call++)
        {
            using var request = make();
            using var answer = await http.SendAsync(request);
            statuses.Add((int)answer.StatusCode);
        }

        return string.Join(' ', statuses);
    }
}
