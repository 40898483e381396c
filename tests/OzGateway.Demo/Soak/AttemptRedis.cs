using System.Diagnostics;
using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Redis;

namespace OzGateway.Demo.Soak;

/// <summary>What a decision on Redis costs, next to the emptiest script there is: one round trip each, in turns.</summary>
internal static class AttemptRedis
{
    private const int Rounds = 3;
    private const int AtOnce = 32;
    private const int Alone = 5000;
    private const int Together = 60_000;

    /// <summary>Measures both.</summary>
    public static async Task<bool> RunAsync(DemoOptions options)
    {
        using var redis = await RedisProcess.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var limiter = new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped);
        var policy = new AttemptPolicy { Budget = "soak", Count = AttemptCount.Started, Windows = [new AttemptWindow(5, TimeSpan.FromMinutes(15)), new AttemptWindow(15, TimeSpan.FromHours(24))] };
        var keys = GatewayKeys.Ephemeral();
        var calls = Enumerable.Range(0, Together).Select(user => UserKey.OfIdentifier(keys, $"user {user % 20_000}"))
            .Select(user => new AttemptCall(user, null, TransactionId.Issue(keys, user, DateTimeOffset.UnixEpoch))).ToArray();
        var empty = RedisScript.Of("return 1");
        var unanswered = 0;
        async Task Decide(int call) => unanswered += (await limiter.AcquireAsync(calls[call % calls.Length], policy, CancellationToken.None)).Outcome is AttemptOutcome.LimiterUnavailable ? 1 : 0;
        async Task Bare(int call) => unanswered += await connection.EvaluateAsync(empty, "soak", []) is null ? 1 : 0;
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureAsync($"bare EVALSHA, round {round + 1}", Bare);
            await MeasureAsync($"decision, round {round + 1}", Decide);
        }

        await Console.Out.WriteLineAsync($"commands without an answer in time: {unanswered}");
        return true;
    }

    private static async Task MeasureAsync(string name, Func<int, Task> one)
    {
        var times = new double[Alone];
        for (var call = 0; call < Alone; call++)
        {
            var start = Stopwatch.GetTimestamp();
            await one(call);
            times[call] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        var busy = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var call = Interlocked.Increment(ref next); call < Together; call = Interlocked.Increment(ref next))
            {
                await one(call);
            }
        }));
        var rate = Together / watch.Elapsed.TotalSeconds;
        var processor = (Process.GetCurrentProcess().TotalProcessorTime - busy).TotalMicroseconds / Together;
        await Console.Out.WriteLineAsync($"{name,-24} alone: p50 {times[Alone / 2]:F3} ms, p99 {times[Alone * 99 / 100]:F3} ms; {AtOnce} at once: {rate:F0}/s, {processor:F1} us of our processor each");
    }
}
