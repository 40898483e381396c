namespace OzGateway.Telemetry;

/// <summary>How the gateway is seen, beside what the standard variables say.</summary>
/// <param name="Prometheus">Metrics are answered at the admin door. Default false.</param>
internal sealed record TelemetryPolicy(bool Prometheus)
{
    /// <summary>The policy that the options mean; nothing in it can be wrong.</summary>
    public static TelemetryPolicy Create(TelemetryOptions options) => new(options.Prometheus ?? false);
}
