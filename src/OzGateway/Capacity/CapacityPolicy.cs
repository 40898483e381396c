namespace OzGateway.Capacity;

/// <summary>How much one ticket, user or address may ask of a route, whatever the attempts say.</summary>
/// <param name="Name">Key under <c>capacity</c>.</param>
/// <param name="PermitLimit">Calls within the window. 1 to 1000000.</param>
/// <param name="Window">Length. 1s to 1h.</param>
internal sealed record CapacityPolicy(string Name, int PermitLimit, TimeSpan Window);
