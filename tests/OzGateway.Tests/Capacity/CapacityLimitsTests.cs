using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OzGateway.Capacity;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Tests.Capacity;

/// <summary>Who shares a capacity with whom.</summary>
public sealed class CapacityLimitsTests
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly CapacityPolicy Polls = new("polls", 2, TimeSpan.FromHours(1));

    [Fact]
    public void One_ticket_is_one_caller()
    {
        var ticket = Ticket();

        Assert.Equal(PartitionOf(Polls, ticket: ticket), PartitionOf(Polls, ticket: ticket, address: "192.0.2.9"));
        Assert.NotEqual(PartitionOf(Polls, ticket: ticket), PartitionOf(Polls, ticket: Ticket()));
    }

    [Fact]
    public void Without_a_ticket_one_user_is_one_caller()
    {
        Assert.Equal(PartitionOf(Polls, user: Alice), PartitionOf(Polls, user: Alice, address: "192.0.2.9"));
        Assert.NotEqual(PartitionOf(Polls, user: Alice), PartitionOf(Polls, user: UserKey.OfIdentifier(Keys, "bob")));
    }

    [Fact]
    public void Without_a_user_one_address_is_one_caller() => Assert.NotEqual(PartitionOf(Polls), PartitionOf(Polls, address: "192.0.2.9"));

    [Fact]
    public void Two_limits_do_not_share() => Assert.NotEqual(PartitionOf(Polls, user: Alice), PartitionOf(Polls with { Name = "other" }, user: Alice));

    [Fact]
    public void A_partition_lets_as_many_through_as_permitted()
    {
        using var limiter = Limits().GetPartition(Context(Polls, CallKind.Poll, Alice, null, "192.0.2.1")).Factory(new CapacityShare("key", null));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limiter.AttemptAcquire().IsAcquired));
    }

    [Fact]
    public void A_submission_is_counted_as_an_attempt_not_here() => Assert.Equal(new CapacityShare("", null), PartitionOf(Polls, CallKind.Submission, Alice));

    [Fact]
    public void A_route_without_a_capacity_has_no_limit() => Assert.Equal(new CapacityShare("", null), PartitionOf(null, user: Alice));

    private static CapacityLimits Limits() =>
        new(new GatewayMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));

    private static Ticket Ticket() => new(Alice, TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch), null, DateTimeOffset.MaxValue);

    private static CapacityShare PartitionOf(
        CapacityPolicy? policy, CallKind kind = CallKind.Poll, UserKey? user = null, Ticket? ticket = null, string address = "192.0.2.1") =>
        Limits().GetPartition(Context(policy, kind, user ?? ticket?.User, ticket, address)).PartitionKey;

    private static DefaultHttpContext Context(CapacityPolicy? policy, CallKind kind, UserKey? user, Ticket? ticket, string address)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(policy is null ? [] : [policy]), "route"));
        context.Features.Set(new CallFeature(kind, 1));
        if (user is not null)
        {
            context.Features.Set(new UserKeyFeature(user, ticket, foreignTicket: false));
        }

        return context;
    }
}
