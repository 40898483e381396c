using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Demo.Soak;

/// <summary>Two replicas on one Redis that is killed, stopped, slow, restarted empty and made to forget its scripts, under load: the policy applies, and nobody has more than replicas x limit.</summary>
internal static class AttemptFaults
{
    private const int Replicas = 2;
    private const int Limit = 5;
    private const int Users = 2000;
    private const int Callers = 16;

    private static readonly TimeSpan PhaseLength = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan WithinTime = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs all phases for each policy.</summary>
    public static async Task<bool> RunAsync(DemoOptions options)
    {
        var fine = true;
        foreach (var action in Enum.GetValues<StoreFailureAction>())
        {
            fine &= await RunAsync(action);
        }

        return fine;
    }

    private static async Task<bool> RunAsync(StoreFailureAction action)
    {
        using var redis = await RedisProcess.StartAsync();
        using var proxy = new SlowProxy(redis.Port);
        await using var first = await redis.ConnectAsync(proxy.Port);
        await using var second = await redis.ConnectAsync(proxy.Port);
        SoakReplica[] replicas = [new(first), new(second)];
        var policy = new AttemptPolicy
        {
            Budget = "soak",
            Count = AttemptCount.Started,
            Windows = [new AttemptWindow(Limit, TimeSpan.FromHours(1))],
            OnStoreFailure = action,
        };
        var load = new FaultLoad(replicas, policy, Users);
        (string Name, Func<Task> Begin, Func<Task> End)[] phases =
        [
            ("well", Nothing, Nothing),
            ("SCRIPT FLUSH", () => Do(() => _ = redis.FlushScriptsAsync(PhaseLength)), Nothing),
            ("killed", () => Do(redis.Kill), redis.RestartAsync),
            ("restarted empty", Nothing, Nothing),
            ("SIGSTOP", () => Do(() => redis.Signal("STOP")), () => Do(() => redis.Signal("CONT"))),
            ("slow, 2 s", () => Do(() => proxy.Delay = TimeSpan.FromSeconds(2)), () => Do(() => proxy.Delay = TimeSpan.Zero)),
            ("well again", Nothing, Nothing),
        ];
        var fine = true;
        foreach (var (name, begin, end) in phases)
        {
            await begin();
            var measured = await load.RunAsync(Callers, PhaseLength);
            await end();
            await Console.Out.WriteLineAsync($"{action,-7} {name,-16} {measured}");
        }

        var most = load.Most;
        var bound = Replicas * Limit;
        fine &= action is StoreFailureAction.Allow || most <= bound;
        await Console.Out.WriteLineAsync($"{action,-7} most attempts of one user: {most}; bound {(action is StoreFailureAction.Allow ? "none, by choice" : $"{bound}")}; decisions over {WithinTime.TotalMilliseconds} ms: {load.Late}");
        return fine;
    }

    private static Task Nothing() => Task.CompletedTask;

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    /// <summary>Callers that ask as fast as they can for users drawn by chance.</summary>
    private sealed class FaultLoad(SoakReplica[] replicas, AttemptPolicy policy, int users)
    {
        private readonly GatewayKeys _keys = GatewayKeys.Ephemeral();
        private readonly ConcurrentDictionary<int, int> _allowed = new();
        private int _late;

        public int Most => _allowed.Values.DefaultIfEmpty().Max();

        public int Late => _late;

        public async Task<string> RunAsync(int callers, TimeSpan length)
        {
            var times = new ConcurrentBag<double>();
            var modes = new ConcurrentDictionary<string, int>();
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
            {
                while (watch.Elapsed < length)
                {
                    await OneAsync(times, modes);
                }
            })));
            var sorted = times.Order().ToArray();
            return $"{sorted.Length,8} decisions  p50 {At(sorted, 0.5),6:F2} ms  p99 {At(sorted, 0.99),7:F2} ms  max {sorted[^1],7:F2} ms  "
                + string.Join(", ", modes.OrderBy(mode => mode.Key).Select(mode => $"{mode.Key} {mode.Value}"));
        }

        private async Task OneAsync(ConcurrentBag<double> times, ConcurrentDictionary<string, int> modes)
        {
            var number = RandomNumberGenerator.GetInt32(users);
            var user = UserKey.OfIdentifier(_keys, $"{number}");
            var call = new AttemptCall(user, null, TransactionId.Issue(_keys, user, TimeProvider.System.GetUtcNow()));
            var start = Stopwatch.GetTimestamp();
            var decision = await replicas[RandomNumberGenerator.GetInt32(replicas.Length)].Limiter.AcquireAsync(call, policy, CancellationToken.None);
            var elapsed = Stopwatch.GetElapsedTime(start);
            times.Add(elapsed.TotalMilliseconds);
            modes.AddOrUpdate($"{decision.Mode}/{decision.Outcome}", 1, (_, count) => count + 1);
            Interlocked.Add(ref _late, elapsed > WithinTime ? 1 : 0);
            if (decision.Outcome is AttemptOutcome.Allowed)
            {
                _allowed.AddOrUpdate(number, 1, (_, count) => count + 1);
            }

            // Without a store a decision costs a microsecond: the load stays one that a gateway could have.
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
    }
}
