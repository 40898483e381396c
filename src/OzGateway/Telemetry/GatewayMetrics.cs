using System.Diagnostics.Metrics;

namespace OzGateway.Telemetry;

/// <summary>The gateway's own instruments. Tags are routes, closed words and media kinds; never a user or a transaction.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _acquire;
    private readonly Counter<long> _injections;
    private readonly Counter<long> _projections;
    private readonly Counter<long> _transactions;
    private readonly Counter<long> _relay;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _capacity;
    private readonly Counter<long> _files;
    private readonly Counter<long> _upstreamFailures;
    private readonly Meter _meter;
    private readonly Counter<long> _connectionsRefused;
    private readonly Counter<long> _folderConflicts;
    private readonly Counter<long> _removedValues;
    private readonly Counter<long> _shapes;
    private readonly Counter<long> _drift;
    private readonly Counter<long> _droppedCookies;
    private readonly Gauge<int> _adapterMode;
    private readonly Counter<long> _secretRenewals;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Source);
        _attempts = meter.CreateCounter<long>(TelemetryNames.Attempts, "{attempt}", "Attempts decided.");
        _acquire = meter.CreateHistogram<double>(TelemetryNames.AttemptAcquireDuration, "s", "Time to decide an attempt.");
        _injections = meter.CreateCounter<long>(TelemetryNames.Injections, "{submission}", "Submissions whose metadata was set.");
        _removedValues = meter.CreateCounter<long>(TelemetryNames.RemovedValues, "{value}", "Values of the page for keys of the gateway that were removed.");
        _shapes = meter.CreateCounter<long>(TelemetryNames.Shapes, "{shape}", "Shapes of submissions that were not seen before, where they are reported.");
        _projections = meter.CreateCounter<long>(TelemetryNames.Projections, "{response}", "Answers of the adapter projected or rejected.");
        _transactions = meter.CreateCounter<long>(TelemetryNames.Transactions, "{transaction}", "Transactions issued, submitted or refused.");
        _relay = meter.CreateCounter<long>(TelemetryNames.RelaySuspected, "{submission}", "Submissions that named a foreign user or transaction.");
        _lookups = meter.CreateCounter<long>(TelemetryNames.Lookups, "{lookup}", "Verdicts asked by the backend.");
        _capacity = meter.CreateCounter<long>(TelemetryNames.CapacityRejections, "{request}", "Calls held back by a capacity.");
        _refusals = meter.CreateCounter<long>(TelemetryNames.Refusals, "{request}", "Requests refused before routing.");
        _files = meter.CreateCounter<long>(TelemetryNames.FileRefusals, "{file}", "Files of the adapter that did not pass, or were not those that are pinned.");
        _upstreamFailures = meter.CreateCounter<long>(TelemetryNames.UpstreamFailures, "{request}", "Requests that forwarding could not bring to their end.");
        _meter = meter;
        _connectionsRefused = meter.CreateCounter<long>(TelemetryNames.ConnectionsRefused, "{connection}", "Connections closed because their door, or their address, has its limit.");
        _folderConflicts = meter.CreateCounter<long>(TelemetryNames.FolderConflicts, "{transaction}", "Answers that named a second or a foreign folder for a transaction.");
        _drift = meter.CreateCounter<long>(TelemetryNames.Drift, "{member}", "Members in the adapter's answers that have no meaning here.");
        _droppedCookies = meter.CreateCounter<long>(TelemetryNames.DroppedCookies, "{cookie}", "Cookies of the adapter that did not pass.");
        _secretRenewals = meter.CreateCounter<long>(TelemetryNames.SecretRenewals, "{renewal}", "Changed secrets that were taken up, or could not be.");
        _adapterMode = meter.CreateGauge<int>(TelemetryNames.AdapterMode, "{mode}", "1 for the mode in which the adapter itself answers, else 0.");
    }

    public void AttemptDecided(AttemptMeasurement attempt)
    {
        _attempts.Add(1, new(TelemetryNames.RouteTag, attempt.Route), new(TelemetryNames.ResultTag, attempt.Result), new(TelemetryNames.ModeTag, attempt.Mode));
        _acquire.Record(attempt.Duration.TotalSeconds, new(TelemetryNames.ResultTag, attempt.Result), new(TelemetryNames.ModeTag, attempt.Mode));
    }

    public void InjectionEnded(string media, string result) =>
        _injections.Add(1, new(TelemetryNames.MediaTag, media), new(TelemetryNames.ResultTag, result));

    /// <summary>Counts values of the page that were removed.</summary>
    /// <param name="place">body, query or header.</param>
    /// <param name="count">How many.</param>
    public void ValuesRemoved(string place, int count)
    {
        if (count > 0)
        {
            _removedValues.Add(count, new KeyValuePair<string, object?>(TelemetryNames.PlaceTag, place));
        }
    }

    public void Projected(string route, string result) =>
        _projections.Add(1, new(TelemetryNames.RouteTag, route), new(TelemetryNames.ResultTag, result));

    public void TransactionDecided(string result) =>
        _transactions.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ResultTag, result));

    public void RelaySuspected(string reason) =>
        _relay.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ReasonTag, reason));

    public void LookedUp(string result) =>
        _lookups.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ResultTag, result));

    public void FolderConflict(string reason) =>
        _folderConflicts.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ReasonTag, reason));

    public void Drifted(string route, int members) =>
        _drift.Add(members, new KeyValuePair<string, object?>(TelemetryNames.RouteTag, route));

    public void ShapeSeen(string route) => _shapes.Add(1, new KeyValuePair<string, object?>(TelemetryNames.RouteTag, route));

    public void CookieDropped() => _droppedCookies.Add(1);

    public void AdapterMode(string route, string mode, bool isSeen) =>
        _adapterMode.Record(isSeen ? 1 : 0, new(TelemetryNames.RouteTag, route), new(TelemetryNames.ModeTag, mode));

    public void SecretRenewed(SecretKind kind, bool isTaken) =>
        _secretRenewals.Add(1, new(TelemetryNames.SecretTag, TelemetryNames.Word(kind)), new(TelemetryNames.ResultTag, isTaken ? "applied" : "rejected"));

    public void CapacityRejected(string route, string policy) =>
        _capacity.Add(1, new(TelemetryNames.RouteTag, route), new(TelemetryNames.PolicyTag, policy));

    public void Refused(string reason) =>
        _refusals.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ReasonTag, reason));

    public void FileRefused(string route, string reason) =>
        _files.Add(1, new(TelemetryNames.RouteTag, route), new(TelemetryNames.ReasonTag, reason));

    public void UpstreamFailed(string upstream, string reason) =>
        _upstreamFailures.Add(1, new(TelemetryNames.UpstreamTag, upstream), new(TelemetryNames.ReasonTag, reason));

    /// <summary>Lets the states of the adapters be read: 1 for each, under its state.</summary>
    /// <param name="states">Upstream, place in its list, state.</param>
    public void ObserveDestinations(Func<IEnumerable<(string Upstream, string Destination, string State)>> states) =>
        _meter.CreateObservableGauge(
            TelemetryNames.Destinations,
            () => states().Select(each => new Measurement<int>(
                1, new(TelemetryNames.UpstreamTag, each.Upstream), new(TelemetryNames.DestinationTag, each.Destination), new(TelemetryNames.StateTag, each.State))),
            "{destination}",
            "Adapters by state: up, suspected, down.");

    public void ConnectionRefused(string door, string reason) =>
        _connectionsRefused.Add(1, new(TelemetryNames.DoorTag, door), new(TelemetryNames.ReasonTag, reason));
}
