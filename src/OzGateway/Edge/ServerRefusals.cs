using System.Diagnostics;
using OzGateway.Telemetry;

namespace OzGateway.Edge;

/// <summary>Counts what the server refuses by itself: such a request reaches no middleware, and its bare answer would leave no trace.</summary>
/// <param name="diagnostics">Where the server tells of it.</param>
/// <param name="metrics">Where it is counted.</param>
internal sealed class ServerRefusals(DiagnosticListener diagnostics, GatewayMetrics metrics) : IHostedService, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? _subscription;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = diagnostics.Subscribe(this, static (name, _, _) => name == EventName);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: EventName, Value: IFeatureCollection features } && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException refused)
        {
            metrics.Refused(TelemetryNames.Word(Of(refused.StatusCode)));
        }
    }

    /// <inheritdoc />
    public void OnCompleted()
    {
    }

    /// <inheritdoc />
    public void OnError(Exception error)
    {
    }

    /// <inheritdoc />
    public void Dispose() => _subscription?.Dispose();

    private static ServerRefusal Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => ServerRefusal.ServerMalformed,
        StatusCodes.Status408RequestTimeout => ServerRefusal.ServerTimeout,
        StatusCodes.Status413PayloadTooLarge => ServerRefusal.ServerBodySize,
        StatusCodes.Status414UriTooLong or StatusCodes.Status431RequestHeaderFieldsTooLarge => ServerRefusal.ServerHeadSize,
        StatusCodes.Status505HttpVersionNotsupported => ServerRefusal.ServerVersion,
        _ => ServerRefusal.ServerOther,
    };
}
