using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OzGateway.Hosting;
using OzGateway.Simulator.Wire;
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
    public async Task While_draining_connections_close_behind_their_answers()
    {
        await using var run = await GatewayRun.StartAsync();
        using var http = new HttpClient();
        var script = new Uri(run.Public, "plugin_liveness.php");
        using var before = await http.GetAsync(script);

        _ = run.Services.GetRequiredService<DrainLifetime>().DrainAsync(TimeSpan.FromHours(1));
        using var during = await http.GetAsync(script);

        Assert.NotEqual(true, before.Headers.ConnectionClose);
        Assert.Equal((HttpStatusCode.OK, true), (during.StatusCode, during.Headers.ConnectionClose));
    }

    [Fact]
    public async Task A_connection_of_HTTP_2_is_told_to_go_away_behind_its_answer()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicDoor = ", protocols: [http2]" });
        _ = run.Services.GetRequiredService<DrainLifetime>().DrainAsync(TimeSpan.FromHours(1));

        await using var connection = await Http2Connection.OpenAsync(run.Public);
        await connection.SendAsync(new Http2Frame(
            Http2Frame.Headers, Http2Frame.EndHeaders | Http2Frame.EndStream, 1, Http2Frame.Block([(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "x")])));
        List<byte> types = [];
        while (await connection.ReadAsync() is { } frame)
        {
            types.Add(frame.Type);
        }

        Assert.Contains(Http2Frame.Headers, types);
        Assert.Contains(Http2Frame.GoAway, types);
    }

    [Fact]
    public async Task A_condition_that_a_room_adds_is_asked_by_readiness_alone()
    {
        var holds = false;
        await using var run = await GatewayRun.StartAsync(host: host => host.ConfigureServices(services => services.AddSingleton(new ReadinessCheck("store_unavailable", () => holds))));
        using var http = new HttpClient();
        using var unready = await http.GetAsync(new Uri(run.Admin, "health/ready"));
        using var live = await http.GetAsync(new Uri(run.Admin, "health/live"));
        holds = true;
        using var ready = await http.GetAsync(new Uri(run.Admin, "health/ready"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store_unavailable"), (unready.StatusCode, await unready.Content.ReadAsStringAsync()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (live.StatusCode, ready.StatusCode));
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
