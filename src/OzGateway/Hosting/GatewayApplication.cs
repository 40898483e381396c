using OzGateway.Attempts;
using OzGateway.Capacity;
using OzGateway.Configuration;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Identity;
using OzGateway.Problems;
using OzGateway.Projection;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using OzGateway.Verdicts;

namespace OzGateway.Hosting;

/// <summary>The whole, put together. All order lives in <see cref="Create"/>; rooms live elsewhere.</summary>
internal sealed class GatewayApplication
{
    /// <summary>Builds the program from a snapshot. It is not started.</summary>
    /// <param name="snapshot">What the configuration means.</param>
    /// <param name="adjust">The one seam for a host that embeds the program: called last before it is built.</param>
    public static WebApplication Create(GatewaySnapshot snapshot, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "ozgateway" });
        builder.Configuration.AddEnvironmentVariables();
        var doors = new Doors();
        var plan = new ForwardingPlan(snapshot.Revision, snapshot.Routes, snapshot.Hosting.PublicPrefix);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => doors.Open(kestrel, snapshot.Hosting));
        builder.AddGatewayTelemetry(snapshot.Telemetry);
        builder.Services.AddGateway(snapshot, plan, doors);
        ReceiveBlocks.AddTo(builder.Services);
        ListenSockets.AddTo(builder.Services, snapshot.Hosting.Limits);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<DrainMiddleware>();           // on the way out, connections close behind their answers
        app.UseMiddleware<TraceLinkMiddleware>();
        app.UseMiddleware<ProblemsMiddleware>();         // every failure leaves as one problem
        app.UseMiddleware<StrictEdgeMiddleware>();       // before routing: what two readers could understand differently
        app.UseWhen(IsPublic, door => door.UseMiddleware<HostMiddleware>());       // the hosts that are listed
        app.UseWhen(IsPublic, door => door.UseMiddleware<ForwardedSchemeMiddleware>()); // https, where a listed proxy ends it
        app.UseWhen(IsPublic, door => door.UseMiddleware<TicketPathMiddleware>()); // a ticket in the path is gone before anything sees it
        app.UseRouting();                                // from here the endpoint carries its policies, and its door
        app.UseMiddleware<RoutedPathMiddleware>();       // the exact spelling only
        app.UseMiddleware<BrowserMiddleware>();          // which pages may call
        app.UseMiddleware<ProjectionGuardMiddleware>();  // a protected route cannot be unprotected by accident
        app.UseMiddleware<RefusedUploadMiddleware>();    // who is refused while sending can read why
        app.UseMiddleware<CallMiddleware>();             // what kind of call, how large
        app.UseMiddleware<SubmissionLogMiddleware>();    // one line per submission, whatever happens below
        app.UseMiddleware<AddressCapacityMiddleware>();  // capacity by address: floods reach no token
        app.UseMiddleware<UserKeyMiddleware>();          // who is the user, which ticket
        app.UseRateLimiter();                            // capacity by user, and of all
        app.UseMiddleware<AttemptMiddleware>();          // may they attempt
        app.UseMiddleware<TransactionMiddleware>();      // which attempt is this

        app.MapReverseProxy(journey =>
            {
                journey.UseMiddleware<ForwardingProblemsMiddleware>();
                journey.UseMiddleware<DestinationMiddleware>();
                journey.UseLoadBalancing();
                journey.UseMiddleware<PollMiddleware>();     // what is read and not passed on is not forwarded
            })
            .WithRoutePolicies(plan).WithMetadata(snapshot.Browser, snapshot.UserKey.Client).RequireDoor(Door.Public);
        app.MapTransactions(snapshot.Hosting.PublicPrefix + snapshot.Hosting.TransactionsPath)
            .WithMetadata([new RouteName("transactions"), snapshot.UserKey, snapshot.UserKey.Client, snapshot.Transaction, snapshot.Browser, new ForPageScripts(), .. new object?[] { snapshot.Capacity.Issuing }.OfType<object>()])
            .RequireRateLimiting(CapacityLimits.PolicyName).RequireDoor(Door.Public);
        app.MapBackendApi().WithMetadata(new RouteName("verdicts")).RequireDoor(Door.Backend);
        app.MapAttempts().WithMetadata(new RouteName("attempts")).RequireDoor(Door.Admin);
        app.MapHealth().WithMetadata(new RouteName("health")).RequireDoor(Door.Admin);
        if (snapshot.Telemetry.Prometheus)
        {
            app.MapMetrics().WithMetadata(new RouteName("metrics")).RequireDoor(Door.Admin);
        }

        return app;
    }

    private static bool IsPublic(HttpContext context) => context.Features.Get<DoorFeature>()?.Door is Door.Public;
}
