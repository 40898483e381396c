namespace OzGateway.Hosting;

/// <summary>Probes. Ready means: the gateway can protect (configuration, keys, doors, and what rooms add). It is not tied to Oz being up.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c>, <c>/health/startup</c> and <c>/health/ready</c>.</summary>
    public static RouteGroupBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/health");
        group.MapGet("/live", static () => TypedResults.Text("live"));
        group.MapGet("/startup", static (IHostApplicationLifetime application) => application.ApplicationStarted.IsCancellationRequested
            ? TypedResults.Text("started")
            : NotYet("starting"));
        group.MapGet("/ready", static (IEnumerable<ReadinessCheck> checks) => checks.FirstOrDefault(check => !check.Holds()) is { } failed
            ? NotYet(failed.Otherwise)
            : TypedResults.Text("ready"));
        return group;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult NotYet(string word) =>
        TypedResults.Text(word, statusCode: StatusCodes.Status503ServiceUnavailable);
}
