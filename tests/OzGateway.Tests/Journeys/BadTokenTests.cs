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

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

    [Theory]
    [InlineData("cookie")]
    [InlineData("path")]
    public async Task A_ticket_changed_at_any_place_gets_the_answer_of_none_in_either_carrier(string carrier)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Carrier = carrier });
        using var user = run.Browser();
        using var nobody = run.Browser(user: null);
        var issued = await user.PostAsync("transactions");
        var ticket = carrier == "path" ? issued.Member("plugin_url")!.Split('/')[2] : user.Cookies.GetCookies(run.Public)["ozgateway-ticket"]!.Value;
        var expected = (await nobody.SendAsync(Opening(run))).Everything;

        for (var at = 0; at < ticket.Length; at++)
        {
            var changed = Alphabet[Alphabet.IndexOf(ticket[at], StringComparison.Ordinal) ^ (1 << (at % 6))];
            Assert.Equal((at, expected), (at, (await nobody.SendAsync(Bringing($"{ticket[..at]}{changed}{ticket[(at + 1)..]}"))).Everything));
        }

        Assert.StartsWith("401", expected, StringComparison.Ordinal);
        Assert.Empty(run.Simulator.Received.All);
        Assert.Equal(HttpStatusCode.OK, (await nobody.SendAsync(Bringing(ticket))).Status);

        HttpRequestMessage Bringing(string text)
        {
            var request = Opening(run);
            if (carrier == "cookie")
            {
                request.Headers.TryAddWithoutValidation("Cookie", $"ozgateway-ticket={text}");
                return request;
            }

            request.RequestUri = new Uri(run.Public, $"t/{text}{request.RequestUri!.PathAndQuery}");
            return request;
        }
    }

    [Fact]
    public async Task Whatever_is_wrong_with_who_it_is_the_answer_is_one()
    {
        const string Proxied = "    - header: { name: X-User, trusted_proxies: [\"127.0.0.0/8\"] }\n" + Both;
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Sources = Proxied });
        using var user = run.Browser();
        using var nobody = run.Browser(user: null);
        await user.PostAsync("transactions");
        var now = run.Time.GetUtcNow();
        var ticket = user.Cookies.GetCookies(run.Public)["ozgateway-ticket"]!.Value;
        var (alice, bob) = (Tokens.For(The.User, now), Tokens.For(The.OtherUser, now));
        var expected = (await nobody.SendAsync(Opening(run))).Everything;
        (string Wrong, string Name, string Value)[][] calls =
        [
            [("two tickets", "Cookie", $"ozgateway-ticket={ticket}; ozgateway-ticket={ticket}")],
            [("two tokens", "Cookie", $"session={alice}; session={alice}")],
            [("a token and another's", "Cookie", $"session={alice}"), ("", "Authorization", $"Bearer {bob}")],
            [("a token of yesterday", "Authorization", $"Bearer {Tokens.For(The.User, now.AddDays(-2))}")],
            [("a token of another issuer", "Authorization", $"Bearer {Tokens.For(The.User, now, issuer: "https://evil.example")}")],
            [("a twin of the proxy's header", "X-User", The.User), ("", "X_User", The.User)],
            [("a twin alone", "X_User", The.User)],
            [("a header and a twin in capitals", "X-User", The.User), ("", "X_USER", The.OtherUser)],
            [("an empty header", "X-User", "")],
            [("too long a name", "X-User", new string('a', 1025))],
        ];

        foreach (var call in calls)
        {
            var request = Opening(run);
            Assert.All(call, header => Assert.True(request.Headers.TryAddWithoutValidation(header.Name, header.Value)));
            Assert.Equal((call[0].Wrong, expected), (call[0].Wrong, (await nobody.SendAsync(request)).Everything));
        }

        Assert.Empty(run.Simulator.Received.All);
        var known = Opening(run);
        known.Headers.Add("X-User", The.User);
        Assert.Equal(HttpStatusCode.OK, (await nobody.SendAsync(known)).Status);
        Assert.DoesNotContain(run.Simulator.Received.All.Single().Headers, header => header.Key.StartsWith("X-User", StringComparison.OrdinalIgnoreCase));
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
