using System.Reflection;
using OzGateway.Redis;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Attempts;

/// <summary>The limiter of many processes, on a real Redis: the contract, and what only Redis has.</summary>
public sealed class RedisAttemptLimiterTests
{
    public static TheoryData<string, object?[]> Contract()
    {
        var cases = new TheoryData<string, object?[]>();
        foreach (var body in typeof(AttemptLimiterContract).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            foreach (var row in body.GetCustomAttributes<InlineDataAttribute>().Select(row => row.GetData(body).Single()).DefaultIfEmpty([]))
            {
                cases.Add(body.Name, row);
            }
        }

        return cases;
    }

    [RedisFact]
    public async Task The_contract_is_kept()
    {
        using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        foreach (var (name, row) in Contract().Select(one => ((string)one[0]!, (object?[])one[1]!)))
        {
            Assert.NotNull(await connection.EvaluateAsync(RedisScript.Of("return redis.call('FLUSHALL')"), "all", []));
            try
            {
                await (Task)typeof(AttemptLimiterContract).GetMethod(name)!.Invoke(new OnRedis(connection), row)!;
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"{name}({string.Join(", ", row)})", broken);
            }
        }
    }

    private sealed class OnRedis : AttemptLimiterContract
    {
        private readonly RedisClock _clock;

        public OnRedis(RedisConnection connection) => _clock = new RedisClock(connection, "contract");

        private protected override LimiterUnderTest CreateLimiter(TimeProvider time) => new(_clock.Limiter);

        private protected override void Advance(TimeSpan time) => _clock.Advance(time);
    }
}
