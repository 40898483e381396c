namespace OzGateway.Hosting;

/// <summary>TLS of all doors that have it.</summary>
internal sealed class DoorCertificates(HostingPolicy hosting, TimeProvider time, ILogger<DoorTls> logger)
{
    private readonly Dictionary<Door, DoorTls> _doors = hosting.Doors.Where(door => door.Value.Tls is not null)
        .ToDictionary(door => door.Key, door => new DoorTls(door.Key, door.Value.Tls!, time, logger));

    /// <summary>Whether any door has it.</summary>
    public bool Any => _doors.Count > 0;

    /// <summary>TLS of a door that has it.</summary>
    public DoorTls Of(Door door) => _doors[door];

    /// <summary>Looks at the files of all of them once.</summary>
    public void Look()
    {
        foreach (var door in _doors.Values)
        {
            door.Look();
        }
    }
}
