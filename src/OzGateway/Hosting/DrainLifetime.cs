using System.Runtime.InteropServices;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>
/// How the process ends. The first SIGTERM: not ready at once, still serving for a while so that whoever balances load can look away,
/// then no new connections while calls in flight finish, then what is left is cut. Ctrl+C skips the first wait. A second signal of
/// either kind cuts at once.
/// </summary>
internal sealed partial class DrainLifetime : IHostLifetime, IDisposable
{
    private readonly HostingPolicy _policy;
    private readonly IHostApplicationLifetime _application;
    private readonly TimeProvider _time;
    private readonly ILogger<DrainLifetime> _logger;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly CancellationTokenSource _cut;
    private int _drains;

    public DrainLifetime(HostingPolicy policy, IHostApplicationLifetime application, TimeProvider time, ILogger<DrainLifetime> logger)
    {
        (_policy, _application, _time, _logger) = (policy, application, time, logger);
        _cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Whether the process is on its way out.</summary>
    public bool IsDraining => Volatile.Read(ref _drains) > 0 || _application.ApplicationStopping.IsCancellationRequested;

    /// <summary>Cancelled when calls in flight are not waited for any longer.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Drain(signal, _policy.DrainNotReady)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Drain(signal, TimeSpan.Zero)));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(_logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _cut.Dispose();
    }

    /// <summary>Begins to end: not ready for <paramref name="notReady"/>, then stop. A second call cuts.</summary>
    public async Task DrainAsync(TimeSpan notReady)
    {
        if (Interlocked.Increment(ref _drains) > 1)
        {
            Log.EndsNow(_logger);
            await _cut.CancelAsync();
            return;
        }

        Log.Draining(_logger, notReady, _policy.DrainTimeout);
        await Task.Delay(notReady, _time, _cut.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_cut.IsCancellationRequested)
        {
            _cut.CancelAfter(_policy.DrainCalls);
        }

        _application.StopApplication();
    }

    private void Drain(PosixSignalContext signal, TimeSpan notReady)
    {
        signal.Cancel = true; // the runtime would end the process now
        _ = DrainAsync(notReady);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Draining, LogLevel.Information, "Draining: not ready for {NotReady}, then up to {Timeout} for calls in flight.", EventName = nameof(Draining))]
        internal static partial void Draining(ILogger logger, TimeSpan notReady, TimeSpan timeout);

        [LoggerMessage(EventIds.EndsNow, LogLevel.Warning, "Told a second time: what is in flight is cut.", EventName = nameof(EndsNow))]
        internal static partial void EndsNow(ILogger logger);

        [LoggerMessage(EventIds.Stopped, LogLevel.Information, "Stopped.", EventName = nameof(Stopped))]
        internal static partial void Stopped(ILogger logger);
    }
}
