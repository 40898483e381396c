using OzGateway.Telemetry;
using StackExchange.Redis;

namespace OzGateway.Redis;

/// <summary>
/// The one connection to a shared Redis. A script is one round trip, has its time, and is tried twice; null means that no answer came.
/// The connection heals itself: nothing here waits for it, and the program starts without it.
/// </summary>
internal sealed partial class RedisConnection(RedisPolicy policy, TimeProvider time, ILogger<RedisConnection> logger) : IHostedService, IAsyncDisposable
{
    private const int Tries = 2;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    private readonly RedisBreaker _breaker = new(time);
    private readonly CancellationTokenSource _stopping = new();
    private ConnectionMultiplexer? _multiplexer;
    private Task _connecting = Task.CompletedTask;
    private int _isDisposed;

    /// <summary>What every key begins with.</summary>
    public string Prefix => policy.Prefix;

    /// <summary>Whether commands go out: connected, and not kept back after failures.</summary>
    public bool IsUsable => _multiplexer is { IsConnected: true } && !_breaker.IsOpen;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = ConnectAsync();
        // A Redis that is there is there for the first request; one that is not must not hold up the start.
        await Task.WhenAny(_connecting, Task.Delay(ConnectTimeout * 2, time, cancellationToken));
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs a script. Null where no answer came in time; never an exception for that.</summary>
    public async ValueTask<RedisResult?> EvaluateAsync(RedisScript script, RedisKey key, RedisValue[] arguments)
    {
        if (_multiplexer is not { } multiplexer || !_breaker.MayGo())
        {
            return null;
        }

        var database = multiplexer.GetDatabase(policy.Database);
        var tries = _breaker.IsOpen ? 1 : Tries;
        for (var attempt = 0; attempt < tries && multiplexer.IsConnected; attempt++)
        {
            if (await TryAsync(database, script, [key], arguments) is { } answer)
            {
                _breaker.Succeed();
                return answer;
            }
        }

        _breaker.Fail();
        return null;
    }

    /// <summary>Sends a script behind what was sent before, without waiting for an answer.</summary>
    public void Send(RedisScript script, RedisKey key, RedisValue[] arguments) =>
        _multiplexer?.GetDatabase(policy.Database).Execute("EVALSHA", [script.Hash, 1, key, .. arguments], CommandFlags.FireAndForget);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return; // the container knows it under two names
        }

        await _stopping.CancelAsync();
        await _connecting;
        _stopping.Dispose();
        if (_multiplexer is { } multiplexer)
        {
            await multiplexer.DisposeAsync();
        }
    }

    private async Task ConnectAsync()
    {
        while (_multiplexer is null && !_stopping.IsCancellationRequested)
        {
            try
            {
                _multiplexer = await ConnectionMultiplexer.ConnectAsync(RedisSettings.Of(policy, ConnectTimeout));
            }
            catch (RedisConnectionException failure)
            {
                Log.RedisUnreachable(logger, failure.FailureType.ToString());
                await Task.Delay(ConnectTimeout, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<RedisResult?> TryAsync(IDatabase database, RedisScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script.Text, keys, arguments).WaitAsync(policy.Timeout, TimeProvider.System);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or ObjectDisposedException)
        {
            Log.RedisCommandFailed(logger, failure.GetType().Name);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RedisUnreachable, LogLevel.Warning, "Redis cannot be reached: {Reason}.", EventName = nameof(RedisUnreachable))]
        internal static partial void RedisUnreachable(ILogger logger, string reason);

        [LoggerMessage(EventIds.RedisCommandFailed, LogLevel.Debug, "Redis did not answer a command: {Reason}.", EventName = nameof(RedisCommandFailed))]
        internal static partial void RedisCommandFailed(ILogger logger, string reason);
    }
}
