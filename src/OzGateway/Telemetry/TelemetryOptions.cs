namespace OzGateway.Telemetry;

/// <summary>How the gateway is seen, beside what the standard variables <c>OTEL_*</c> say. Changed by a restart only.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Answer <c>GET /metrics</c> at the admin door, for Prometheus. Needs no key: whoever reaches that door sees numbers by route and outcome, never a user. Without it, and without a receiver, nothing is recorded.</summary>
    /// <value>false</value>
    public bool? Prometheus { get; set; }
}
