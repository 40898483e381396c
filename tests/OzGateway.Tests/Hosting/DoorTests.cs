using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OzGateway.Hosting;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>A door is a listener: what belongs to one is not there at the others, whatever the Host header says.</summary>
public sealed class DoorTests
{
    [Theory]
    [InlineData("public", "GET", "plugin_liveness.php")]
    [InlineData("public", "POST", "request.php")]
    [InlineData("public", "POST", "transactions")]
    [InlineData("public", "GET", "transactions/current")]
    [InlineData("backend", "GET", "transactions/oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("backend", "GET", ".well-known/jwks.json")]
    [InlineData("backend", "GET", "openapi.json")]
    [InlineData("backend", "POST", "transactions/oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/receipt")]
    [InlineData("backend", "DELETE", "transactions/oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("admin", "GET", "health/ready")]
    [InlineData("admin", "GET", "health/live")]
    public async Task Nothing_opens_at_the_wrong_door(string door, string method, string path)
    {
        await using var run = await GatewayRun.StartAsync();
        var doors = new Dictionary<string, Uri> { ["public"] = run.Public, ["backend"] = run.Backend, ["admin"] = run.Admin };
        using var http = new HttpClient();

        Assert.NotEqual(HttpStatusCode.NotFound, await KnockAsync(doors[door], host: null));
        foreach (var wrong in doors.Where(other => other.Key != door && path is not ("transactions/current" or "transactions")).Select(other => other.Value))
        {
            Assert.True(await KnockAsync(wrong, host: null) is HttpStatusCode.NotFound);
            Assert.True(await KnockAsync(wrong, doors[door].Authority) is HttpStatusCode.NotFound);
        }

        Assert.Empty(run.Simulator.Received.Submissions);

        async Task<HttpStatusCode> KnockAsync(Uri at, string? host)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(at, path)) { Headers = { Host = host } };
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task No_endpoint_is_without_a_door()
    {
        await using var run = await GatewayRun.StartAsync();
        var endpoints = run.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();

        var doors = endpoints.ToLookup(endpoint => endpoint.Metadata.GetMetadata<RequiredDoor>()?.Door, endpoint => endpoint.RoutePattern.RawText!);

        Assert.Empty(doors[null]);
        Assert.Equal(["/attempts/", "/attempts/", "/health/live", "/health/ready", "/health/startup"], doors[Door.Admin].Order());
        Assert.Equal(
            ["/.well-known/jwks.json", "/openapi.json", "/transactions", "/transactions", "/transactions/{id}", "/transactions/{id}", "/transactions/{id}/receipt"],
            doors[Door.Backend].Order(StringComparer.Ordinal));
        Assert.NotEmpty(doors[Door.Public]);
    }
}
