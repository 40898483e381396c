using System.Diagnostics;

namespace OzGateway.Telemetry;

/// <summary>Takes no trace context and no baggage from requests; hands W3C trace context, and no baggage, to upstream.</summary>
internal sealed class OwnTraces : DistributedContextPropagator
{
    private const string TraceParent = "traceparent";

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Fields { get; } = [TraceParent];

    /// <inheritdoc />
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity?.Id is { } id && activity.IdFormat is ActivityIdFormat.W3C)
        {
            setter?.Invoke(carrier, TraceParent, id);
        }
    }

    /// <inheritdoc />
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
