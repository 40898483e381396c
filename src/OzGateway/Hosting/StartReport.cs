using OzGateway.Configuration;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>Says once, when the doors are open, where they are and what an operator should read about the configuration.</summary>
internal sealed partial class StartReport(
    GatewaySnapshot snapshot, Doors doors, IHostApplicationLifetime application, ILogger<StartReport> logger) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        application.ApplicationStarted.Register(Report);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report()
    {
        foreach (var warning in snapshot.Warnings)
        {
            Log.ConfigurationWarning(logger, warning);
        }

        Log.Started(logger, TelemetryRegistration.Version(), doors.PortOf(Door.Public), doors.PortOf(Door.Backend), doors.PortOf(Door.Admin), snapshot.Hash[..12]);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ConfigurationWarning, LogLevel.Warning, "{Warning}", EventName = nameof(ConfigurationWarning))]
        internal static partial void ConfigurationWarning(ILogger logger, string warning);

        [LoggerMessage(EventIds.Started, LogLevel.Information, "OzGateway {Version} serves: public door {PublicPort}, backend door {BackendPort}, admin door {AdminPort}; configuration {Hash}.", EventName = nameof(Started))]
        internal static partial void Started(ILogger logger, string version, int publicPort, int backendPort, int adminPort, string hash);
    }
}
