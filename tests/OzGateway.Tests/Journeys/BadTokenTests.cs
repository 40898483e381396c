using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>Who tries tokens learns nothing: every bad one, and none at all, gets the same answer, and the adapter hears of none.</summary>
public sealed class BadTokenTests
{
    private const string Both =
        """
            - jwt_claim: { issuer: "https://login.example", audience: liveness, cookie: session, key: { from_file: jwt_key } }
            - jwt_claim: { issuer: "https://login.example", audience: liveness, key: { from_file: jwt_key } }
        """;

    [Fact]
    public async Task Every_bad_token_gets_one_answer_wherever_it_comes()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Sources = Both });
        using var nobody = run.Browser(user: null);
        var expected = (await nobody.SendAsync(Opening(run))).Everything;
        var now = run.Time.GetUtcNow();

        foreach (var kind in BadTokens.Kinds)
        {
            var bad = BadTokens.Make(kind, now);
            Assert.Equal((kind, expected), (kind, (await nobody.SendAsync(Opening(run, bearer: bad))).Everything));
            Assert.Equal((kind, expected), (kind, (await nobody.SendAsync(Opening(run, cookie: bad))).Everything));
        }

        Assert.StartsWith("401", expected, StringComparison.Ordinal);
        Assert.Empty(run.Simulator.Received.All);
        var good = await nobody.SendAsync(Opening(run, bearer: BadTokens.Sign("""{"alg":"HS256"}""", BadTokens.Claims(now.ToUnixTimeSeconds()))));
        Assert.Equal(HttpStatusCode.OK, good.Status);
    }

    [Fact]
    public async Task A_cookie_and_a_bearer_of_two_users_are_refused_and_of_one_are_taken()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Sources = Both });
        using var browser = run.Browser(user: null);
        var alice = Tokens.For(The.User, run.Time.GetUtcNow());
        var bob = Tokens.For(The.OtherUser, run.Time.GetUtcNow());

        var two = await browser.SendAsync(Opening(run, alice, bob));
        var one = await browser.SendAsync(Opening(run, alice, alice));

        Assert.Equal((HttpStatusCode.Unauthorized, "user_key_missing"), (two.Status, two.Code));
        Assert.Equal(HttpStatusCode.OK, one.Status);
    }

    [Theory]
    [InlineData("session={0}; session={1}")]
    [InlineData("session={0}; a=b; session={0}")]
    [InlineData("session=x; session={0}")]
    public async Task A_cookie_that_comes_twice_names_nobody(string cookies)
    {
        await using var run = await GatewayRun.StartAsync();
        using var browser = run.Browser(user: null);
        var request = Opening(run);
        request.Headers.Add("Cookie", string.Format(
            System.Globalization.CultureInfo.InvariantCulture, cookies, Tokens.For(The.User, run.Time.GetUtcNow()), Tokens.For(The.OtherUser, run.Time.GetUtcNow())));

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(request)).Status);
    }

    private static HttpRequestMessage Opening(GatewayRun run, string? cookie = null, string? bearer = null)
    {
        var request = Dialect.Default.Init(run.Public);
        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", $"session={cookie}");
        }

        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        }

        return request;
    }
}
