using System.Collections.Frozen;
using System.Globalization;
using OzGateway.Telemetry;
using Yarp.ReverseProxy.Model;

namespace OzGateway.Forwarding;

/// <summary>What is known of every adapter; each change is logged once. The last adapter of an upstream is never given up on the word of calls alone.</summary>
internal sealed partial class DestinationHealth
{
    private readonly FrozenDictionary<(string Upstream, string Destination), DestinationRecord> _records;
    private readonly ILogger<DestinationHealth> _logger;

    /// <summary>Begins with all of them up.</summary>
    public DestinationHealth(ForwardingPlan plan, TimeProvider time, GatewayMetrics metrics, ILogger<DestinationHealth> logger)
    {
        _logger = logger;
        _records = plan.Upstreams.Values
            .SelectMany(upstream => Enumerable.Range(0, upstream.Destinations.Count).Select(index => (upstream.Name, index.ToString(CultureInfo.InvariantCulture))))
            .ToFrozenDictionary(key => key, _ => new DestinationRecord(time));
        metrics.ObserveDestinations(() => _records.Select(entry => (entry.Key.Upstream, entry.Key.Destination, TelemetryNames.Word(entry.Value.State))));
    }

    /// <summary>The adapters a new session may go to: not down, and not suspected where there is another.</summary>
    public IReadOnlyList<DestinationState> ForNewSessions(string upstream, IReadOnlyList<DestinationState> all)
    {
        if (AreUp(upstream, all))
        {
            return all;
        }

        var rest = all.Where(destination => Of(upstream, destination).State is not Reachability.Down).ToList();
        var unsuspected = rest.FindAll(destination => Of(upstream, destination).State is Reachability.Up);
        return unsuspected.Count > 0 ? unsuspected : rest;
    }

    /// <summary>What is known of one.</summary>
    public DestinationRecord Of(string upstream, DestinationState destination) => _records[(upstream, destination.DestinationId)];

    /// <summary>A call was answered, or did not reach the adapter.</summary>
    public void Called(string upstream, DestinationState destination, bool reached)
    {
        var record = Of(upstream, destination);
        Tell(upstream, destination, reached ? record.Reached() : record.NotReached());
    }

    /// <summary>A probe ended.</summary>
    public void Probed(string upstream, DestinationState destination, bool succeeded) =>
        Tell(upstream, destination, Of(upstream, destination).Probed(succeeded));

    private bool AreUp(string upstream, IReadOnlyList<DestinationState> all)
    {
        for (var index = 0; index < all.Count; index++)
        {
            if (Of(upstream, all[index]).State is not Reachability.Up)
            {
                return false;
            }
        }

        return true;
    }

    private void Tell(string upstream, DestinationState destination, Reachability? news)
    {
        if (news is { } state)
        {
            Log.DestinationChanged(_logger, upstream, destination.DestinationId, TelemetryNames.Word(state));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DestinationChanged, LogLevel.Warning, "Adapter {Upstream}.destinations[{Destination}] is {State}.", EventName = nameof(DestinationChanged))]
        internal static partial void DestinationChanged(ILogger logger, string upstream, string destination, string state);
    }
}
