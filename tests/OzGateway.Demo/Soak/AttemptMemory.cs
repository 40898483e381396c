using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Demo.Soak;

/// <summary>A million users in memory: bytes for each, time and allocation for a decision, idle processor time; next to the framework's sliding window.</summary>
internal static class AttemptMemory
{
    private const int Users = 1_000_000;
    private const int Decisions = 1_000_000;
    private const int Limit = 5;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>Measures both.</summary>
    public static async Task<bool> RunAsync(DemoOptions options)
    {
        var keys = GatewayKeys.Ephemeral();
        var users = Enumerable.Range(0, Users).Select(user => UserKey.OfIdentifier(keys, $"user {user}")).ToArray();
        var order = Enumerable.Range(0, Decisions).Select(_ => RandomNumberGenerator.GetInt32(Users)).ToArray();
        var fresh = order.Take(1000).Select(user => TransactionId.Issue(keys, users[user], DateTimeOffset.UnixEpoch)).ToArray();
        var policy = new AttemptPolicy { Budget = "soak", Count = AttemptCount.Started, Windows = [new AttemptWindow(Limit, Window), new AttemptWindow(15, TimeSpan.FromHours(24))] };
        var clock = new SoakClock();
        await MeasureAsync("ours, two windows", () =>
        {
            var limiter = new InMemoryAttemptLimiter(clock);
            return (limiter, user => Decide(limiter, new AttemptCall(users[user], null, fresh[user % fresh.Length]), policy));
        }, (order, clock));
        await MeasureAsync("PartitionedRateLimiter", () =>
        {
            var limiter = PartitionedRateLimiter.Create<UserKey, UserKey>(user => RateLimitPartition.GetSlidingWindowLimiter(user, _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = Limit,
                Window = Window,
                SegmentsPerWindow = 4,
                QueueLimit = 0,
                AutoReplenishment = true,
            }));
            return (limiter, user => limiter.AttemptAcquire(users[user]).Dispose());
        }, (order, clock));
        return true;
    }

    private static void Decide(InMemoryAttemptLimiter limiter, AttemptCall call, AttemptPolicy policy)
    {
        var decision = limiter.AcquireAsync(call, policy, CancellationToken.None);
        if (!decision.IsCompletedSuccessfully)
        {
            throw new DemoException("A decision in memory was not made at once.");
        }
    }

    private static async Task MeasureAsync(string name, Func<(object Limiter, Action<int> Decide)> create, (int[] Order, SoakClock Clock) run)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (limiter, decide) = create();
        for (var user = 0; user < Users; user++)
        {
            decide(user);
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        // Everybody's attempts are over, and the next one takes their place: how it is from day to day.
        run.Clock.Advance(2 * TimeSpan.FromHours(24));
        decide(run.Order[0]);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        foreach (var user in run.Order)
        {
            decide(user);
        }

        watch.Stop();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var busy = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(Idle, TimeProvider.System);
        var idle = (Process.GetCurrentProcess().TotalProcessorTime - busy) / Idle;
        await Console.Out.WriteLineAsync(
            $"{name,-24} {Users} users: {bytes / 1048576.0,7:F1} MiB, {(double)bytes / Users,6:F1} B each; "
            + $"a decision {watch.Elapsed.TotalMicroseconds / Decisions:F2} us, {(double)allocated / Decisions:F1} B allocated; idle {100 * idle:F2} % of a core");
        GC.KeepAlive(limiter);
        (limiter as IDisposable)?.Dispose();
    }
}
