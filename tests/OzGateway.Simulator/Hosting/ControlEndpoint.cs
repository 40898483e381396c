using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using OzGateway.Simulator.OzApi;

namespace OzGateway.Simulator.Hosting;

/// <summary>Commands a running program over HTTP, from this machine only: scenario, dialect, received requests, folders.</summary>
internal sealed class ControlEndpoint(Dialect dialect, CurrentScenario scenario, ReceivedRequests received, FolderStore folders)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public Task HandleAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/simulator/scenario") => context.Response.WriteAsJsonAsync(scenario.Value, Json),
            ("PUT", "/simulator/scenario") => SetScenarioAsync(context),
            ("PUT", { } path) when path.StartsWith("/simulator/scenario/", StringComparison.Ordinal) => SetNamedAsync(context, path["/simulator/scenario/".Length..]),
            ("GET", "/simulator/dialect") => context.Response.WriteAsJsonAsync(dialect, Json),
            ("GET", "/simulator/received") => context.Response.WriteAsJsonAsync(received.All, Json),
            ("DELETE", "/simulator/received") => DoneAsync(context, received.Clear),
            ("GET", "/simulator/folders") => context.Response.WriteAsJsonAsync(folders.All, Json),
            ("DELETE", "/simulator/folders") => DoneAsync(context, folders.Clear),
            _ => DoneAsync(context, static () => { }, StatusCodes.Status404NotFound),
        };
    }

    private async Task SetScenarioAsync(HttpContext context)
    {
        try
        {
            scenario.Value = await JsonSerializer.DeserializeAsync<Scenario>(context.Request.Body, Json, context.RequestAborted) ?? Scenario.Success;
            await context.Response.WriteAsJsonAsync(scenario.Value, Json);
        }
        catch (JsonException wrong)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(wrong.Message);
        }
    }

    private async Task SetNamedAsync(HttpContext context, string name)
    {
        if (Scenario.Named(name) is not { } named)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"There is no scenario '{name}'. There are: {string.Join(", ", Scenario.Names)}.");
            return;
        }

        scenario.Value = named;
        await context.Response.WriteAsJsonAsync(named, Json);
    }

    private static Task DoneAsync(HttpContext context, Action action, int status = StatusCodes.Status204NoContent)
    {
        action();
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
