using System.Runtime.InteropServices;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>
/// How the process ends. The first SIGTERM: not ready at once, still serving for a while so that whoever balances load can look away,
/// then no new connections while calls in flight finish. A second SIGTERM, or Ctrl+C, skips the wait.
/// </summary>
internal sealed partial class DrainLifetime(
    HostingPolicy policy, IHostApplicationLifetime application, TimeProvider time, ILogger<DrainLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly CancellationTokenSource _skipWait = new();
    private int _drains;

    /// <summary>Whether the process is on its way out.</summary>
    public bool IsDraining => Volatile.Read(ref _drains) > 0 || application.ApplicationStopping.IsCancellationRequested;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Drain(signal, policy.DrainNotReady)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Drain(signal, TimeSpan.Zero)));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _skipWait.Dispose();
    }

    /// <summary>Begins to end: not ready for <paramref name="notReady"/>, then stop. A second call stops now.</summary>
    public async Task DrainAsync(TimeSpan notReady)
    {
        if (Interlocked.Increment(ref _drains) > 1)
        {
            await _skipWait.CancelAsync();
            return;
        }

        Log.Draining(logger, notReady, policy.DrainTimeout);
        await Task.Delay(notReady, time, _skipWait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        application.StopApplication();
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

        [LoggerMessage(EventIds.Stopped, LogLevel.Information, "Stopped.", EventName = nameof(Stopped))]
        internal static partial void Stopped(ILogger logger);
    }
}
