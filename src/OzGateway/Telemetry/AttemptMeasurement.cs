namespace OzGateway.Telemetry;

/// <summary>One attempt that was decided.</summary>
/// <param name="Route">Id of the route.</param>
/// <param name="Result">What was decided.</param>
/// <param name="Mode">With what: the store, or in its place.</param>
/// <param name="Duration">How long it took.</param>
internal readonly record struct AttemptMeasurement(string Route, string Result, string Mode, TimeSpan Duration);
