namespace OzGateway.Telemetry;

/// <summary>Whether somebody receives our traces. Where nobody does, the trace context is handed on without a span for each call.</summary>
/// <param name="IsOn">A receiver is named.</param>
internal sealed record TraceExport(bool IsOn);
