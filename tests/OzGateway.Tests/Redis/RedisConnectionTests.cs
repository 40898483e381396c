using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Redis;
using OzGateway.Tests.Testing;
using StackExchange.Redis;

namespace OzGateway.Tests.Redis;

/// <summary>The one connection: what it survives, and what comes of a command that is late.</summary>
public sealed class RedisConnectionTests
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();
    private static readonly UserKey Alice = UserKey.OfIdentifier(Keys, "alice");
    private static readonly AttemptPolicy TwoInAnHour = new()
    {
        Budget = "default",
        Count = AttemptCount.Started,
        Windows = [new AttemptWindow(2, TimeSpan.FromHours(1))],
    };

    [RedisFact]
    public async Task A_server_that_forgot_the_script_learns_it_again()
    {
        using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        var limiter = new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped);
        Assert.Equal(AttemptOutcome.Allowed, await OutcomeAsync(limiter, TwoInAnHour));
        await AdminAsync(server, "SCRIPT", "FLUSH");

        Assert.Equal(AttemptOutcome.Allowed, await OutcomeAsync(limiter, TwoInAnHour));
        Assert.Equal(AttemptOutcome.Exceeded, await OutcomeAsync(limiter, TwoInAnHour));
    }

    [RedisFact]
    public async Task The_script_that_ships_reads_the_servers_clock_and_keys_leave_by_themselves()
    {
        using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync();
        var limiter = new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped);
        var second = TwoInAnHour with { Windows = [new AttemptWindow(1, TimeSpan.FromSeconds(1))] };
        await OutcomeAsync(limiter, second);
        var left = (long)(await AdminAsync(server, "PTTL", limiter.Key(Alice, second)))!;
        Assert.InRange(left, -2, 1000);

        // No clock of ours is asked: the server's is waited for.
        while (await OutcomeAsync(limiter, second) is AttemptOutcome.Exceeded)
        {
            await Task.Yield();
        }
    }

    [RedisFact]
    public async Task A_stopped_server_is_no_answer_and_the_same_call_twice_counts_once()
    {
        using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync(TimeSpan.FromMilliseconds(100));
        var limiter = new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped);
        server.Signal("STOP");
        Assert.Equal(AttemptOutcome.LimiterUnavailable, await OutcomeAsync(limiter, TwoInAnHour)); // sent twice, and it arrives twice in the end
        server.Signal("CONT");
        await using var patient = await server.ConnectAsync();
        var standing = await new RedisAttemptLimiter(patient, RedisAttemptLimiter.Shipped).ShowAsync(Alice, TwoInAnHour, CancellationToken.None);

        Assert.InRange(standing!.Counted[0], 0, 1);
    }

    [RedisFact]
    public async Task Who_is_refused_because_the_server_is_late_has_not_lost_an_attempt()
    {
        using var server = await RedisServer.StartAsync();
        await using var connection = await server.ConnectAsync(TimeSpan.FromMilliseconds(100));
        var limiter = new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped);
        var policy = TwoInAnHour with { OnStoreFailure = StoreFailureAction.Reject };
        Assert.NotEqual(AttemptOutcome.Exceeded, await OutcomeAsync(limiter, policy)); // the script is known from here on
        var before = (await limiter.ShowAsync(Alice, policy, CancellationToken.None))?.Counted[0] ?? 1;
        server.Signal("STOP");
        await OutcomeAsync(limiter, policy);
        server.Signal("CONT");
        await using var patient = await server.ConnectAsync();
        var standing = await new RedisAttemptLimiter(patient, RedisAttemptLimiter.Shipped).ShowAsync(Alice, policy, CancellationToken.None);

        Assert.Equal(before, standing!.Counted[0]);
    }

    [RedisFact]
    public async Task A_user_of_the_access_list_may_do_what_is_needed_and_the_keys_of_others_are_closed_to_it()
    {
        using var server = await RedisServer.StartAsync(null, "--user", "gateway", "on", ">secret", "~ozgateway:*", "+@all", "--user", "default", "off");
        var policy = new RedisPolicy { Addresses = [new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, server.Port)], User = "gateway", Password = new Secret("secret"u8), Timeout = TimeSpan.FromSeconds(30) };
        await using var connection = new RedisConnection(policy, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<RedisConnection>.Instance);
        await connection.StartAsync(CancellationToken.None);

        Assert.Equal(AttemptOutcome.Allowed, await OutcomeAsync(new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped), TwoInAnHour));
        Assert.Null(await connection.EvaluateAsync(RedisScript.Of("return redis.call('GET', KEYS[1])"), "somebody else's", []));
    }

    private static async Task<AttemptOutcome> OutcomeAsync(RedisAttemptLimiter limiter, AttemptPolicy policy) =>
        (await limiter.AcquireAsync(new AttemptCall(Alice, null, TransactionId.Issue(Keys, Alice, DateTimeOffset.UnixEpoch)), policy, CancellationToken.None)).Outcome;

    private static async Task<RedisResult?> AdminAsync(RedisServer server, string command, params object[] arguments)
    {
        await using var admin = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        return await admin.GetDatabase().ExecuteAsync(command, arguments);
    }
}
