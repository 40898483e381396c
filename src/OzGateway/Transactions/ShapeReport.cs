using OzGateway.Telemetry;

namespace OzGateway.Transactions;

/// <summary>How pages submit, told once per shape where a route asks for it: with this an adapter whose format is not known can be learned.</summary>
internal sealed partial class ShapeReport(GatewayMetrics metrics, ILogger<ShapeReport> logger)
{
    /// <summary>Most shapes that are told of one route: names come from outside, and a log must stay bounded.</summary>
    public const int MaxShapes = 32;

    private readonly Lock _lock = new();

    // A route is configuration: their number is bounded.
    private readonly Dictionary<string, HashSet<string>> _told = new(StringComparer.Ordinal);

    /// <summary>Tells of a submission when its shape is new.</summary>
    public void See(string route, InjectionFeature injection)
    {
        if (injection.Shape is not { } shape || !IsNew(route, shape.Outline))
        {
            return;
        }

        metrics.ShapeSeen(route);
        Log.ShapeSeen(logger, route, TelemetryNames.Word(injection.Kind), shape.ToString());
    }

    private bool IsNew(string route, string outline)
    {
        lock (_lock)
        {
            if (!_told.TryGetValue(route, out var told))
            {
                _told.Add(route, told = new HashSet<string>(StringComparer.Ordinal));
            }

            return told.Count < MaxShapes && told.Add(outline);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ShapeSeen, LogLevel.Information, "Submissions on route {Route} come as {Media} in a shape that was not seen before: {Shape}", EventName = nameof(ShapeSeen))]
        internal static partial void ShapeSeen(ILogger logger, string route, string media, string shape);
    }
}
