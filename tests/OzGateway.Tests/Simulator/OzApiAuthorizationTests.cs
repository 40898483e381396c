using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class OzApiAuthorizationTests
{
    private const string Auth = "/api/authorize/auth/";
    private const string Refresh = "/api/authorize/refresh/";
    private const string Folders = "/api/folders/";

    [Fact]
    public async Task A_login_gives_a_token_that_is_accepted()
    {
        await using var run = await SimulatorRun.StartAsync();

        var pair = await LoginAsync(run);

        Sample.AssertSameShape("api-auth-response", pair);
        Assert.Matches("^[0-9a-f]{128}$", (string?)pair["access_token"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, (string?)pair["access_token"]));
    }

    [Theory]
    [InlineData("{\"credentials\":{\"email\":\"gateway@example.test\",\"password\":\"wrong\"}}", HttpStatusCode.Unauthorized)]
    [InlineData("{\"credentials\":{\"email\":\"gateway@example.test\"}}", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    public async Task A_wrong_login_is_refused(string body, HttpStatusCode status)
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.OzApiAsync(Auth, HttpMethod.Post, body);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_call_without_a_token_gets_error_6()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.Client.GetAsync(Folders);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await AssertErrorAsync(answer, "api-error-6-auth-not-provided");
    }

    [Fact]
    public async Task A_call_with_a_made_up_token_gets_error_7()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.OzApiAsync(Folders, token: "made-up");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await AssertErrorAsync(answer, "api-error-7-auth-invalid");
    }

    [Fact]
    public async Task A_token_expires_and_every_use_renews_it()
    {
        var time = new FakeTimeProvider();
        await using var run = await SimulatorRun.StartAsync(time: time);
        var token = (string?)(await LoginAsync(run))["access_token"];

        time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, token));
        time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, token));
        time.Advance(TimeSpan.FromMinutes(15));
        using var expired = await run.OzApiAsync(Folders, token: token);

        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        await AssertErrorAsync(expired, "api-error-8-auth-expired");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, run.Simulator.Options.OzApiToken));
    }

    [Fact]
    public async Task A_refresh_gives_a_new_pair_and_its_first_use_ends_the_old_one()
    {
        await using var run = await SimulatorRun.StartAsync();
        var old = await LoginAsync(run);

        var fresh = await run.OzApiJsonAsync(Refresh, HttpMethod.Post, $"{{\"expire_token\":\"{old["expire_token"]}\"}}", (string?)old["access_token"]);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, (string?)old["access_token"]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, (string?)fresh["access_token"]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(run, (string?)old["access_token"]));
    }

    [Fact]
    public async Task A_refresh_that_does_not_fit_is_refused_in_three_ways()
    {
        await using var run = await SimulatorRun.StartAsync();
        var pair = await LoginAsync(run);

        using var malformed = await run.OzApiAsync(Refresh, HttpMethod.Post, "{}");
        using var unknown = await run.OzApiAsync(Refresh, HttpMethod.Post, "{\"expire_token\":\"none\"}");
        using var foreign = await run.OzApiAsync(Refresh, HttpMethod.Post, $"{{\"expire_token\":\"{pair["expire_token"]}\"}}", "another");

        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        await AssertErrorAsync(unknown, "api-error-refresh-session-not-found");
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task A_session_token_is_given_for_a_token_only()
    {
        await using var run = await SimulatorRun.StartAsync();

        Sample.AssertSameShape("api-session_token-response", await run.OzApiJsonAsync("/api/authorize/session_token"));
        using var refused = await run.Client.GetAsync("/api/authorize/session_token");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task The_version_needs_no_token()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.Client.GetAsync("/api/version");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_can_expire_once()
    {
        await using var run = await SimulatorRun.StartAsync(Scenario.Success with { OzApiBreakage = OzApiBreakage.ExpiredTokenOnce });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(run, run.Simulator.Options.OzApiToken));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, run.Simulator.Options.OzApiToken));
    }

    [Fact]
    public async Task An_expired_token_is_mended_by_a_login_only()
    {
        await using var run = await SimulatorRun.StartAsync();
        var before = (string?)(await LoginAsync(run))["access_token"];

        run.Simulator.Scenario = Scenario.Success with { OzApiBreakage = OzApiBreakage.ExpiredToken };

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(run, before));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(run, run.Simulator.Options.OzApiToken));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run, (string?)(await LoginAsync(run))["access_token"]));
    }

    private static async Task<JsonNode> LoginAsync(SimulatorRun run) => await run.OzApiJsonAsync(
        Auth,
        HttpMethod.Post,
        $"{{\"credentials\":{{\"email\":\"{run.Simulator.Options.Email}\",\"password\":\"{run.Simulator.Options.Password}\"}}}}");

    private static async Task<HttpStatusCode> StatusAsync(SimulatorRun run, string? token)
    {
        using var answer = await run.OzApiAsync(Folders, token: token);
        return answer.StatusCode;
    }

    private static async Task AssertErrorAsync(HttpResponseMessage answer, string sample) =>
        Assert.True(JsonNode.DeepEquals(Sample.Read(sample), JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
}
