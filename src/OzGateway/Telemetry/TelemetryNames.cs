namespace OzGateway.Telemetry;

/// <summary>The only source of names of our meters, spans and tags.</summary>
internal static class TelemetryNames
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Source = "OzGateway";

    public const string Attempts = "ozgateway.attempts";
    public const string AttemptAcquireDuration = "ozgateway.attempt.acquire.duration";
    public const string Injections = "ozgateway.injections";
    public const string Shapes = "ozgateway.injection.shapes";
    public const string RemovedValues = "ozgateway.injection.removed_values";
    public const string Projections = "ozgateway.projections";
    public const string Transactions = "ozgateway.transactions";
    public const string RelaySuspected = "ozgateway.relay_suspected";
    public const string Lookups = "ozgateway.results.lookups";
    public const string CapacityRejections = "ozgateway.capacity.rejections";
    public const string ConnectionsRefused = "ozgateway.connections.refused";
    public const string FolderConflicts = "ozgateway.folder_conflicts";
    public const string Drift = "ozgateway.projection.unknown_members";
    public const string AdapterMode = "ozgateway.adapter.mode";
    public const string DroppedCookies = "ozgateway.adapter.dropped_cookies";
    public const string Refusals = "ozgateway.edge.refusals";
    public const string Destinations = "ozgateway.upstream.destinations";
    public const string FileRefusals = "ozgateway.files.refusals";
    public const string UpstreamFailures = "ozgateway.upstream.failures";
    public const string SecretRenewals = "ozgateway.secret.renewals";

    public const string DoorTag = "ozgateway.door";
    public const string SecretTag = "ozgateway.secret";
    public const string RouteTag = "ozgateway.route";
    public const string ResultTag = "ozgateway.result";
    public const string PolicyTag = "ozgateway.policy";
    public const string MediaTag = "ozgateway.media";
    public const string PlaceTag = "ozgateway.place";
    public const string ModeTag = "ozgateway.mode";
    public const string ReasonTag = "ozgateway.reason";
    public const string UpstreamTag = "ozgateway.upstream";
    public const string DestinationTag = "ozgateway.upstream.destination";
    public const string StateTag = "ozgateway.upstream.state";
    public const string TransactionHashTag = "ozgateway.transaction.hash";

    public const string AttemptSpan = "ozgateway.attempt";
    public const string TransactionSpan = "ozgateway.transaction";
    public const string ProjectionSpan = "ozgateway.projection";

    /// <summary>snake_case word of an enum value: the only form in which it stands in metrics, logs and audit.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
