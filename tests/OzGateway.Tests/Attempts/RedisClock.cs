using OzGateway.Attempts;
using OzGateway.Redis;
using StackExchange.Redis;

namespace OzGateway.Tests.Attempts;

/// <summary>
/// The script that ships, on a real Redis whose clock stands still until the test moves it: the one line that reads the clock reads a key
/// instead. Nothing else is different.
/// </summary>
internal sealed class RedisClock
{
    private const string ClockLine = "local clock = redis.call('TIME')";

    private readonly RedisConnection _connection;
    private long _ms = 1_800_000_000_000;

    public RedisClock(RedisConnection connection, string name)
    {
        Assert.Single(RedisAttemptLimiter.Shipped.Text.Split('\n'), line => line == ClockLine);
        (_connection, Name) = (connection, name);
        Limiter = new RedisAttemptLimiter(connection, RedisScript.Of(RedisAttemptLimiter.Shipped.Text.Replace(
            ClockLine, $"local ms = redis.call('GET', 'clock {name}')\nlocal clock = {{ math.floor(ms / 1000), (ms % 1000) * 1000 }}", StringComparison.Ordinal)));
        Advance(TimeSpan.Zero);
    }

    public string Name { get; }

    public RedisAttemptLimiter Limiter { get; }

    public void Advance(TimeSpan time)
    {
        _ms += (long)time.TotalMilliseconds;
        var set = RedisScript.Of("return redis.call('SET', KEYS[1], ARGV[1])");
        Assert.NotNull(_connection.EvaluateAsync(set, $"clock {Name}", [(RedisValue)_ms]).AsTask().GetAwaiter().GetResult());
    }
}
