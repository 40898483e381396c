using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Identity;

/// <summary>Who may say whose request it is.</summary>
public sealed class UserKeySourcesTests : IDisposable
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly HeaderSource Header = new("X-User", new TrustedProxies([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")]));
    private static readonly ClientAddressSource Address = ClientAddressSource.Default;

    private static readonly JwtClaimSource Bearer = new()
    {
        Claim = "sub",
        Issuer = The.Issuer,
        Audience = The.Audience,
        Key = TokenKeys.Of(The.JwtSecret),
        ClockSkew = TimeSpan.Zero,
    };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private readonly UserKeySources _sources;

    public UserKeySourcesTests() => _sources = new UserKeySources(new JwtVerifierSettings(_http, _time, NullLogger<JwtVerifier>.Instance));

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("fd00::7")]
    public async Task A_listed_proxy_names_the_user(string peer) => Assert.Equal(Alice, await FindAsync([Header], peer, ("X-User", "alice")));

    [Theory]
    [InlineData("11.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("2001:db8::1")]
    public async Task From_anyone_else_the_header_is_ignored(string peer) => Assert.Null(await FindAsync([Header], peer, ("X-User", "alice")));

    [Fact]
    public async Task Without_an_address_nobody_is_a_proxy() => Assert.Null(await FindAsync([Header], peer: null, ("X-User", "alice")));

    [Fact]
    public async Task What_the_client_forwards_makes_no_proxy() =>
        Assert.Null(await FindAsync([Header], "192.0.2.1", ("X-User", "alice"), ("X-Forwarded-For", "10.1.2.3"), ("X-Real-IP", "10.1.2.3")));

    [Fact]
    public async Task Two_values_name_nobody()
    {
        var context = Context("10.1.2.3");
        context.Request.Headers["X-User"] = new(["alice", "bob"]);

        Assert.Null((await _sources.FindAsync(context, Policy(Header), hasTicket: false)).User);
    }

    [Theory]
    [InlineData("X_User")]
    [InlineData("x_user")]
    public async Task A_twin_with_an_underscore_names_nobody(string twin) =>
        Assert.Null(await FindAsync([Header], "10.1.2.3", ("X-User", "alice"), (twin, "bob")));

    [Fact]
    public async Task A_twin_alone_names_nobody() => Assert.Null(await FindAsync([Header], "10.1.2.3", ("X_User", "bob")));

    [Fact]
    public async Task A_header_that_is_empty_names_nobody() => Assert.Null(await FindAsync([Header], "10.1.2.3", ("X-User", "")));

    [Fact]
    public async Task The_first_source_that_is_present_and_valid_wins()
    {
        var token = $"Bearer {Tokens.For("alice", _time.GetUtcNow())}";

        Assert.Equal(Alice, await FindAsync([Bearer, Header, Address], "10.1.2.3", ("Authorization", token), ("X-User", "bob")));
        Assert.Equal(UserKey.OfIdentifier(Keys, "bob"), await FindAsync([Bearer, Header, Address], "10.1.2.3", ("Authorization", token + "x"), ("X-User", "bob")));
    }

    [Theory]
    [InlineData("Basic ")]
    [InlineData("")]
    [InlineData("Bearer")]
    public async Task A_token_comes_by_its_scheme_only(string scheme) =>
        Assert.Null(await FindAsync([Bearer], "10.1.2.3", ("Authorization", scheme + Tokens.For("alice", _time.GetUtcNow()))));

    [Fact]
    public async Task A_token_in_a_cookie_is_not_read_where_the_header_is_meant() =>
        Assert.Null(await FindAsync([Bearer], "10.1.2.3", ("Cookie", $"session={Tokens.For("alice", _time.GetUtcNow())}")));

    [Fact]
    public async Task Two_authorization_headers_name_nobody()
    {
        var context = Context("10.1.2.3");
        context.Request.Headers.Authorization = new([$"Bearer {Tokens.For("alice", _time.GetUtcNow())}", $"Bearer {Tokens.For("bob", _time.GetUtcNow())}"]);

        Assert.Null((await _sources.FindAsync(context, Policy(Bearer), hasTicket: false)).User);
    }

    [Fact]
    public async Task What_could_be_read_in_two_ways_is_no_licence_for_the_next_source()
    {
        var alice = $"Bearer {Tokens.For("alice", _time.GetUtcNow())}";
        var bob = $"Bearer {Tokens.For("bob", _time.GetUtcNow())}";
        Assert.Equal(UserKeyOutcome.Refused, await AskAsync([Bearer, Address], ("Authorization", [alice, bob])));
        Assert.Equal(UserKeyOutcome.Refused, await AskAsync([Bearer, Address], ("Authorization", [alice, alice])));
        Assert.Equal(UserKeyOutcome.Refused, await AskAsync([Header, Address], ("X-User", ["alice", "bob"])));
        Assert.Equal(UserKeyOutcome.Refused, await AskAsync([Header, Address], ("X-User", ["alice"]), ("X_User", ["bob"])));
        Assert.Equal(UserKeyOutcome.Refused, await AskAsync([Header, Address], ("X_USER", ["bob"])));
        Assert.Equal(UserKeyOutcome.Refused, await AskAsync([Header, Address], ("X-User", [""])));
        Assert.Equal(UserKeyOutcome.Refused, await AskAsync([Header, Address], ("X-User", [new string('a', 1025)])));
    }

    [Theory]
    [InlineData("192.0.2.9", "198.51.100.7", "192.0.2.9")] // nobody listed: the connection's own
    [InlineData("10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "203.0.113.1, 198.51.100.7", "198.51.100.7")] // what the client wrote stands further out
    [InlineData("10.0.0.1", "203.0.113.1, 198.51.100.7, 10.0.0.2", "198.51.100.7")] // two listed proxies
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7:4711", "198.51.100.7")]
    [InlineData("10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7")]
    public async Task Only_listed_proxies_name_the_clients_address(string peer, string forwarded, string client)
    {
        var source = Address with { Proxies = new TrustedProxies([IPNetwork.Parse("10.0.0.0/8")]) };

        Assert.Equal(UserKey.OfAddress(Keys, client), await FindAsync([source], peer, ("X-Forwarded-For", forwarded)));
    }

    [Theory]
    [InlineData(64, "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData(64, "2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData(56, "2001:db8:1:200::1", "2001:db8:1:2ff::1", true)]
    [InlineData(56, "2001:db8:1:200::1", "2001:db8:1:300::1", false)]
    [InlineData(61, "2001:db8:1:0::1", "2001:db8:1:7::1", true)]
    [InlineData(61, "2001:db8:1:0::1", "2001:db8:1:8::1", false)]
    [InlineData(128, "2001:db8:1:2::1", "2001:db8:1:2::2", false)]
    public async Task Clients_of_one_network_are_one_user(int prefix, string one, string other, bool isOne)
    {
        var source = Address with { Ipv6Prefix = prefix };

        Assert.Equal(isOne, Equals(await FindAsync([source], one), await FindAsync([source], other)));
    }

    [Fact]
    public async Task The_address_is_the_last_resort()
    {
        Assert.Equal(UserKey.OfAddress(Keys, "192.0.2.1"), await FindAsync([Header, Address], "192.0.2.1", ("X-User", "alice")));
        Assert.Equal(UserKey.OfAddress(Keys, "192.0.2.1"), await FindAsync([Address], "::ffff:192.0.2.1"));
    }

    [Fact]
    public async Task Where_a_ticket_came_along_the_address_is_not_asked() =>
        Assert.Equal(UserKeyOutcome.Missing, (await _sources.FindAsync(Context("192.0.2.1"), Policy(Address), hasTicket: true)).Outcome);

    [Fact]
    public async Task A_key_set_that_is_away_is_no_licence_for_the_next_source()
    {
        var away = Bearer with { Key = null, Jwks = new Uri("http://127.0.0.1:1/jwks"), KeySetAlgorithms = ["RS256"] };
        var context = Context("192.0.2.1");
        context.Request.Headers.Authorization = $"Bearer {Tokens.OfUnknownKey()}";

        Assert.Equal(UserKeyOutcome.Unavailable, (await _sources.FindAsync(context, Policy(away, Address), hasTicket: false)).Outcome);
    }

    public void Dispose() => _http.Dispose();

    private async Task<UserKeyOutcome> AskAsync(UserKeySource[] sources, params (string Name, string[] Values)[] headers)
    {
        var context = Context("10.1.2.3");
        foreach (var (name, values) in headers)
        {
            context.Request.Headers[name] = values;
        }

        return (await _sources.FindAsync(context, Policy(sources), hasTicket: false)).Outcome;
    }

    private static UserKey Alice => UserKey.OfIdentifier(Keys, "alice");

    private static UserKeyPolicy Policy(params UserKeySource[] sources) =>
        new() { Ring = KeyRing.Of(Keys), Ticket = new TicketPolicy(TicketCarrier.Cookie, "ticket", true), Sources = sources };

    private static DefaultHttpContext Context(string? peer) => new() { Connection = { RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer) } };

    private async Task<UserKey?> FindAsync(UserKeySource[] sources, string? peer, params (string Name, string Value)[] headers)
    {
        var context = Context(peer);
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return (await _sources.FindAsync(context, Policy(sources), hasTicket: false)).User;
    }
}
