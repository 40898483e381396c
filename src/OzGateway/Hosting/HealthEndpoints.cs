namespace OzGateway.Hosting;

/// <summary>Probes. Ready means: configuration, keys and doors stand. It is not tied to Oz being up.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c>, <c>/health/startup</c> and <c>/health/ready</c>.</summary>
    public static RouteGroupBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/health");
        group.MapGet("/live", static () => TypedResults.Text("live"));
        group.MapGet("/startup", static () => TypedResults.Text("started"));
        group.MapGet("/ready", static (DrainLifetime lifetime) => lifetime.IsDraining
            ? TypedResults.Text("draining", statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ready"));
        return group;
    }
}
