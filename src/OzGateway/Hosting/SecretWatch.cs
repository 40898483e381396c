using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Hosting;

/// <summary>
/// The files of secrets that are in use all the time: certificates of doors, the secret that hashes and signs, keys of token issuers. They are read
/// every second and compared by content: a watcher of the file system misses the symlinks that Kubernetes swaps.
/// </summary>
internal sealed partial class SecretWatch(
    DoorCertificates certificates, UserKeyPolicy users, GatewayMetrics metrics, TimeProvider time, ILogger<SecretWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!certificates.Any && !users.HasSecretFiles)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                certificates.Look();
                foreach (var (kind, look) in users.LookAtSecrets())
                {
                    Tell(kind, look);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    private void Tell(SecretKind kind, SecretLook look)
    {
        switch (look)
        {
            case SecretLook.Unchanged:
                break;
            case SecretLook.TakenUp:
                metrics.SecretRenewed(kind, isTaken: true);
                Log.SecretsRenewed(logger, TelemetryNames.Word(kind));
                break;
            case SecretLook.Refused:
                metrics.SecretRenewed(kind, isTaken: false);
                Log.SecretsRejected(logger, TelemetryNames.Word(kind));
                break;
            default:
                throw new InvalidOperationException($"Look '{look}' has no line.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SecretsRenewed, LogLevel.Information, "The secrets of {Kind} have changed and are taken up.", EventName = nameof(SecretsRenewed))]
        internal static partial void SecretsRenewed(ILogger logger, string kind);

        [LoggerMessage(EventIds.SecretsRejected, LogLevel.Error, "The secrets of {Kind} have changed and cannot be used; those before stay in use. 'ozgateway check' says why.", EventName = nameof(SecretsRejected))]
        internal static partial void SecretsRejected(ILogger logger, string kind);
    }
}
