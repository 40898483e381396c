using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using OzGateway.Edge;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Capacity;

/// <summary>One policy of ASP.NET Core's rate limiting middleware: the endpoint says how much, the partition is ticket, user or address.</summary>
internal sealed class CapacityLimits : IRateLimiterPolicy<string>
{
    /// <summary>Name under which endpoints require it.</summary>
    public const string PolicyName = "ozgateway.capacity";

    /// <inheritdoc />
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = static async (rejected, _) =>
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(1);
        await rejected.HttpContext.WriteProblemAsync(GatewayProblem.CapacityExceeded, wait);
    };

    /// <inheritdoc />
    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        // A submission is an attempt and counted there: capacity guards what is not.
        if (httpContext.GetEndpoint()?.Metadata.GetMetadata<CapacityPolicy>() is not { } policy
            || httpContext.Features.Get<CallFeature>() is not { } call || call.Kind is CallKind.Submission)
        {
            return RateLimitPartition.GetNoLimiter(string.Empty);
        }

        return RateLimitPartition.GetFixedWindowLimiter($"{policy.Name} {Caller(httpContext)}", _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = policy.PermitLimit,
            Window = policy.Window,
            QueueLimit = 0,
            AutoReplenishment = true,
        });
    }

    private static string Caller(HttpContext context)
    {
        var identity = context.Features.Get<UserKeyFeature>();
        return identity?.Ticket is { } ticket ? $"ticket {ticket.Transaction.Text}"
            : identity is not null ? $"user {identity.User.Pseudonym}"
            : $"address {context.Connection.RemoteIpAddress}";
    }
}
