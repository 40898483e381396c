using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Identity;

/// <summary>Who a request belongs to, by what its sources and its ticket say.</summary>
public sealed class UserKeyMiddlewareTests : IDisposable
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly UserKey Bob = UserKey.OfIdentifier(Keys, "bob");
    private static readonly HeaderSource Header = new("X-User", new TrustedProxies([IPNetwork.Parse("10.0.0.0/8")]));

    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_verified_user_without_a_ticket()
    {
        var (context, user) = await InvokeAsync(user: "alice");

        Assert.Null(context.Features.Get<ProblemFeature>());
        Assert.Equal((Alice, null, false), (user!.User, user.Ticket, user.HasForeignTicket));
    }

    [Fact]
    public async Task A_verified_user_with_the_own_ticket()
    {
        var ticket = Ticket(Alice);
        var (_, user) = await InvokeAsync(user: "alice", ticket);

        Assert.Equal((Alice, ticket.Transaction, false), (user!.User, user.Ticket!.Transaction, user.HasForeignTicket));
    }

    [Fact]
    public async Task A_ticket_never_outvotes_a_verified_user()
    {
        var (_, user) = await InvokeAsync(user: "bob", Ticket(Alice));

        Assert.Equal((Bob, null, true), (user!.User, user.Ticket, user.HasForeignTicket));
    }

    [Fact]
    public async Task A_ticket_alone_names_its_user()
    {
        var ticket = Ticket(Alice);
        var (_, user) = await InvokeAsync(user: null, ticket);

        Assert.Equal((Alice, ticket.Transaction, false), (user!.User, user.Ticket!.Transaction, user.HasForeignTicket));
    }

    [Fact]
    public async Task A_ticket_of_another_origin_is_foreign()
    {
        var (_, user) = await InvokeAsync("alice", Ticket(Alice, "https://bank.example"), origin: "https://evil.example");

        Assert.Equal((Alice, null, true), (user!.User, user.Ticket, user.HasForeignTicket));
    }

    [Fact]
    public async Task A_ticket_of_another_origin_alone_vouches_for_nobody()
    {
        var (context, user) = await InvokeAsync(user: null, Ticket(Alice, "https://bank.example"), origin: "https://evil.example");

        Assert.Null(user);
        Assert.Equal(GatewayProblem.TransactionForeign, context.Features.Get<ProblemFeature>()!.Problem);
    }

    [Fact]
    public async Task A_ticket_that_is_over_is_no_ticket()
    {
        var (context, _) = await InvokeAsync(user: null, Ticket(Alice) with { ExpiresAt = _time.GetUtcNow() });

        Assert.Equal(GatewayProblem.UserKeyMissing, context.Features.Get<ProblemFeature>()!.Problem);
    }

    [Fact]
    public async Task A_ticket_that_comes_twice_names_nobody_and_neither_does_anyone_else()
    {
        var (context, user) = await InvokeAsync(user: "alice", Ticket(Alice), times: 2);

        Assert.Null(user);
        Assert.Equal(GatewayProblem.UserKeyMissing, context.Features.Get<ProblemFeature>()!.Problem);
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    public async Task A_ticket_under_a_replaced_secret_is_its_users_own(string name, bool isOwn)
    {
        Secret old = new("the old secret of thirty-two bytes or more"u8), next = new("the next secret of thirty-two bytes or more"u8);
        var before = GatewayKeys.From(old);
        var user = UserKey.OfIdentifier(before, "alice");
        var ticket = new Ticket(user, TransactionId.Issue(before, user, _time.GetUtcNow()), null, _time.GetUtcNow().AddHours(1));

        var (_, found) = await InvokeAsync(name, text: ticket.Sign(before), keys: GatewayKeys.From(next, old));

        Assert.Equal((isOwn, !isOwn), (found!.Ticket is not null, found.HasForeignTicket));
        Assert.Equal(UserKey.OfIdentifier(GatewayKeys.From(next), name), found.User);
    }

    [Fact]
    public async Task What_a_ticket_alone_vouches_for_does_not_outlive_it()
    {
        var ticket = Ticket(Alice);
        var later = ticket.ExpiresAt.AddHours(1);
        var (_, alone) = await InvokeAsync(user: null, ticket);
        var (_, verified) = await InvokeAsync(user: "alice", ticket);

        Assert.Equal(ticket.ExpiresAt, alone!.TicketFor(ticket.Transaction, null, later).ExpiresAt);
        Assert.Equal(later, verified!.TicketFor(ticket.Transaction, null, later).ExpiresAt);
    }

    [Fact]
    public async Task Nobody_is_refused()
    {
        var (context, user) = await InvokeAsync(user: null);

        Assert.Null(user);
        Assert.Equal(GatewayProblem.UserKeyMissing, context.Features.Get<ProblemFeature>()!.Problem);
    }

    [Fact]
    public async Task Where_nobody_can_be_verified_now_even_a_ticket_is_refused()
    {
        var jwt = new JwtClaimSource
        {
            Claim = "sub",
            Issuer = The.Issuer,
            Audience = The.Audience,
            KeySetAlgorithms = ["RS256"],
            Jwks = new Uri("http://127.0.0.1:1/jwks"),
            ClockSkew = TimeSpan.Zero,
        };
        var (context, user) = await InvokeAsync(user: null, Ticket(Alice), source: jwt, authorization: $"Bearer {Tokens.OfUnknownKey()}");

        Assert.Null(user);
        Assert.Equal(GatewayProblem.IdentityUnavailable, context.Features.Get<ProblemFeature>()!.Problem);
    }

    [Fact]
    public async Task A_route_without_users_is_passed_through()
    {
        var context = new DefaultHttpContext();
        var passed = false;

        await Middleware(_ =>
        {
            passed = true;
            return Task.CompletedTask;
        }).InvokeAsync(context);

        Assert.True(passed);
        Assert.Null(context.Features.Get<UserKeyFeature>());
    }

    public void Dispose() => _http.Dispose();

    private Ticket Ticket(UserKey user, string? origin = null) =>
        new(user, TransactionId.Issue(Keys, user, _time.GetUtcNow()), origin, _time.GetUtcNow().AddHours(1));

    private UserKeyMiddleware Middleware(RequestDelegate next) =>
        new(next, new UserKeySources(new JwtVerifierSettings(_http, _time, NullLogger<JwtVerifier>.Instance)), _time);

    private Task<(HttpContext Context, UserKeyFeature? User)> InvokeAsync(
        string? user, Ticket? ticket, string? origin = null, UserKeySource? source = null, string? authorization = null, int times = 1) =>
        InvokeAsync(user, ticket?.Sign(Keys), Keys, context =>
        {
            context.Request.Headers.Origin = origin;
            context.Request.Headers.Authorization = authorization;
            context.Request.Headers.Cookie = string.Join("; ", Enumerable.Repeat(context.Request.Headers.Cookie.ToString(), times));
        }, source);

    private async Task<(HttpContext Context, UserKeyFeature? User)> InvokeAsync(
        string? user, string? text = null, GatewayKeys? keys = null, Action<HttpContext>? change = null, UserKeySource? source = null)
    {
        var policy = new UserKeyPolicy { Ring = KeyRing.Of(keys ?? Keys), Ticket = new TicketPolicy(TicketCarrier.Cookie, "ticket", true), Sources = [source ?? Header] };
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("10.0.0.1") } };
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(policy), "route"));
        context.Request.Headers["X-User"] = user;
        context.Request.Headers.Cookie = text is null ? "" : $"ticket={text}";
        change?.Invoke(context);
        await Middleware(_ => Task.CompletedTask).InvokeAsync(context);
        return (context, context.Features.Get<UserKeyFeature>());
    }
}
