namespace OzGateway.Forwarding;

/// <summary>What is known of one adapter.</summary>
internal enum Reachability
{
    /// <summary>Nothing speaks against it.</summary>
    Up,

    /// <summary>A call did not reach it a short time ago.</summary>
    Suspected,

    /// <summary>Probes fail.</summary>
    Down,
}
