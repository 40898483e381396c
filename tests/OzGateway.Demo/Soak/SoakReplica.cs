using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Attempts;
using OzGateway.Redis;

namespace OzGateway.Demo.Soak;

/// <summary>What one gateway has for attempts: its connection, its own count, and who stands in for whom.</summary>
internal sealed class SoakReplica(RedisConnection connection)
{
    /// <summary>The limiter.</summary>
    public IAttemptLimiter Limiter { get; } = new FailoverAttemptLimiter(
        new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped),
        new InMemoryAttemptLimiter(TimeProvider.System),
        TimeProvider.System,
        NullLogger<FailoverAttemptLimiter>.Instance);
}
