namespace OzGateway.Hosting;

/// <summary>The certificates of all doors with TLS. Their files are read every second and compared by content: a watcher of the file system misses the symlinks that Kubernetes swaps.</summary>
internal sealed class CertificateWatch(HostingPolicy hosting, TimeProvider time, ILogger<DoorTls> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Door, DoorTls> _doors = hosting.Doors.Where(door => door.Value.Tls is not null)
        .ToDictionary(door => door.Key, door => new DoorTls(door.Key, door.Value.Tls!, time, logger));

    /// <summary>TLS of a door that has it.</summary>
    public DoorTls Of(Door door) => _doors[door];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_doors.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var door in _doors.Values)
                {
                    door.Look();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }
}
