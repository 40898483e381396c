using System.Diagnostics;

namespace OzGateway.Telemetry;

/// <summary>The one activity source.</summary>
internal static class Tracing
{
    /// <summary>Small internal spans: attempt, transaction, projection.</summary>
    public static readonly ActivitySource Source = new(TelemetryNames.Source);
}
