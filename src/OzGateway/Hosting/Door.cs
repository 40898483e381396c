namespace OzGateway.Hosting;

/// <summary>A listener with a purpose. What is mapped to one door is 404 at every other.</summary>
internal enum Door
{
    /// <summary>For browsers.</summary>
    Public,

    /// <summary>For the customer's backend.</summary>
    Backend,

    /// <summary>For probes.</summary>
    Admin,
}

/// <summary>Marks a connection with the door it came through. Set by the listener; nothing a client sends can change it.</summary>
/// <param name="door">The door.</param>
internal sealed class DoorFeature(Door door)
{
    /// <summary>The door.</summary>
    public Door Door { get; } = door;
}

/// <summary>Endpoint metadata: the one door through which it can be reached.</summary>
/// <param name="Door">The door.</param>
internal sealed record RequiredDoor(Door Door);
