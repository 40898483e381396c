using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OzGateway.Hosting;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>How the process ends.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Draining_is_not_ready_at_once_still_serves_and_stops_after_the_wait()
    {
        await using var run = await GatewayRun.StartAsync();
        using var http = new HttpClient();
        var lifetime = run.Services.GetRequiredService<DrainLifetime>();
        var stopping = run.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run.Admin, "health/ready"));

        var draining = lifetime.DrainAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(run.Admin, "health/ready"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run.Admin, "health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(run.Public, "plugin_liveness.php"));
        Assert.False(stopping.IsCancellationRequested);
        run.Time.Advance(TimeSpan.FromSeconds(5));
        await draining;
        Assert.True(stopping.IsCancellationRequested);

        async Task<HttpStatusCode> StatusAsync(Uri door, string path)
        {
            using var answer = await http.GetAsync(new Uri(door, path));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_second_signal_skips_the_wait()
    {
        await using var run = await GatewayRun.StartAsync();
        var lifetime = run.Services.GetRequiredService<DrainLifetime>();
        // Taken before: once the program has stopped, its services are gone.
        var stopping = run.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        var draining = lifetime.DrainAsync(TimeSpan.FromHours(1));
        await lifetime.DrainAsync(TimeSpan.FromHours(1));
        await draining;

        Assert.True(stopping.IsCancellationRequested);
    }
}
