using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OzGateway.Attempts;
using OzGateway.Audit;
using OzGateway.Capacity;
using OzGateway.Configuration;
using OzGateway.Edge;
using OzGateway.Forwarding;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Projection;
using OzGateway.Redis;
using OzGateway.Telemetry;
using OzGateway.Transactions;
using OzGateway.Verdicts;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms.Builder;

namespace OzGateway.Hosting;

/// <summary>Which implementation stands where.</summary>
internal static class GatewayServices
{
    /// <summary>Registers every room.</summary>
    public static void AddGateway(this IServiceCollection services, GatewaySnapshot snapshot, ForwardingPlan plan, Doors doors)
    {
        services.AddSingleton(snapshot);
        services.AddSingleton(snapshot.Hosting);
        services.AddSingleton(snapshot.UserKey);
        services.AddSingleton(snapshot.UserKey.Ticket);
        services.AddSingleton(snapshot.Transaction);
        services.AddSingleton(plan);
        services.AddSingleton(doors);
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = snapshot.Hosting.StopTimeout);
        services.AddSingleton<DrainLifetime>();
        services.AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<DrainLifetime>());
        services.AddSingleton(provider => new ReadinessCheck("draining", () => !provider.GetRequiredService<DrainLifetime>().IsDraining));
        services.AddSingleton<DoorCertificates>();
        services.AddHostedService<SecretWatch>();

        services.AddSingleton(snapshot.Hosting.Hosts);
        services.AddSingleton(snapshot.Hosting.Limits.Taking);
        services.AddSingleton<EdgeRefusals>();
        services.AddHostedService<ServerRefusals>();
        services.AddRouting();
        services.AddSingleton<MatcherPolicy, DoorMatcherPolicy>();
        services.AddSingleton(snapshot.Capacity);
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy<CapacityShare, CapacityLimits>(CapacityLimits.PolicyName);
            limiter.GlobalLimiter = CapacityLimits.ForAll(snapshot.Capacity);
        });
        services.AddOptions<RateLimiterOptions>().Configure<GatewayMetrics>((limiter, metrics) =>
            limiter.OnRejected = (rejected, _) => CapacityLimits.RejectAsync(rejected, metrics, snapshot.Capacity));

        services.AddSingleton(provider => new JwtVerifierSettings(
            new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = KeySet.MaxBytes },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JwtVerifier>>()));
        services.AddSingleton<UserKeySources>();
        AddAttempts(services, snapshot);
        services.AddSingleton<InMemoryTransactionLedger>();
        services.AddSingleton<TransactionClosing>();
        services.AddSingleton<SubmissionDesk>();
        services.AddBackendApi(snapshot.Backend, snapshot.Verdicts);
        services.AddSingleton(AuditSink.Open(snapshot.Hosting.AuditFile));
        services.AddSingleton<AuditTrail>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<StartReport>();
        if (snapshot.OzApi is { } oz)
        {
            services.AddOzApi(oz);
        }

        // Order matters: heads are built first, then the body is wrapped, and the projection has the last word on an answer.
        services.AddReverseProxy();
        services.RemoveAll<IAuthorizationHandlerProvider>(); // it would put a middleware in front of every call that has nothing to do here
        WithoutKeyFiles(services);
        services.AddSingleton<IProxyConfigProvider, GatewayProxyConfigProvider>();
        services.AddSingleton<IForwarderHttpClientFactory, UpstreamHttpClients>();
        services.AddSingleton<DestinationHealth>();
        services.AddSingleton<IActiveHealthCheckPolicy, ProbeResults>();
        services.AddSingleton<CookieWatch>();
        services.AddSingleton<CallHeads>();
        services.AddSingleton<AnswerReading>(provider => provider.GetRequiredService<ProjectionTransform>().ReadAsync);
        services.AddSingleton<CheckObserver>();
        services.AddSingleton<AdapterWatch>();
        services.AddSingleton<ShapeReport>();
        services.AddSingleton<ProjectionTransform>();
        services.AddSingleton<ITransformProvider, HeaderTransformProvider>();
        services.AddSingleton<ITransformProvider, MetadataInjectionTransformProvider>();
        services.AddSingleton<ITransformProvider, ProjectionTransformProvider>();
    }

    private static void AddAttempts(IServiceCollection services, GatewaySnapshot snapshot)
    {
        services.AddSingleton(snapshot.AttemptStore);
        services.AddSingleton<InMemoryAttemptLimiter>();
        services.AddSingleton<AttemptDesk>();
        services.AddSingleton(snapshot.Budgets);
        services.AddSingleton<AttemptOperations>();
        services.AddSingleton(snapshot.AdminKeys);
        services.AddSingleton<AdminKeys>();
        if (snapshot.Redis is { } redis)
        {
            services.AddSingleton(redis);
            services.AddSingleton<RedisConnection>();
            services.AddSingleton(provider => new RedisAttemptLimiter(provider.GetRequiredService<RedisConnection>(), RedisAttemptLimiter.Shipped));
            services.AddHostedService(provider => provider.GetRequiredService<RedisConnection>());
        }

        services.AddSingleton<IAttemptLimiter>(provider => new RotationAttemptLimiter(new FailoverAttemptLimiter(
            (IAttemptLimiter?)provider.GetService<RedisAttemptLimiter>() ?? provider.GetRequiredService<InMemoryAttemptLimiter>(),
            provider.GetRequiredService<InMemoryAttemptLimiter>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FailoverAttemptLimiter>>())));
    }

    // The proxy registers ASP.NET Core's data protection, which writes key files at start. Nothing here is protected with it:
    // tickets have their own keys, and the root file system is read-only.
    private static void WithoutKeyFiles(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var starters = services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true);
        foreach (var starter in starters.ToList())
        {
            services.Remove(starter);
        }
    }
}
