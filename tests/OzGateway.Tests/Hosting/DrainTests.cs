using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OzGateway.Hosting;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>How the process ends.</summary>
public sealed partial class DrainTests
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

        var draining = lifetime.DrainAsync(TimeSpan.FromHours(1));
        await lifetime.DrainAsync(TimeSpan.FromHours(1));
        await draining;

        Assert.True(run.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task A_submission_in_flight_outlives_SIGTERM_and_the_program_ends_well()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions
        {
            AcceptUnknownSessions = true,
            Scenario = Scenario.Success with { Delay = TimeSpan.FromSeconds(1) },
        });
        using var file = new GatewayFile(simulator, new GatewaySettings { Sources = "    - client_address: {}" });
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ozgateway.dll"), "run", "--config", file.Path])
        {
            RedirectStandardOutput = true,
        })!;
        var door = await FindDoorAsync(program);
        using var http = new HttpClient();

        var answering = http.SendAsync(simulator.Dialect.Submission(door, "s", new Dictionary<string, string>(), [MediaPart.OfSize(100_000)], BodyKind.Multipart));
        while (simulator.Received.Submissions.Count == 0)
        {
            await Task.Delay(5);
        }

        Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        using var answer = await answering;
        await program.WaitForExitAsync();

        Assert.Equal(Answer.Processing, await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, program.ExitCode);
    }

    private static async Task<Uri> FindDoorAsync(Process program)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (PublicDoor().Match(line) is { Success: true } port)
            {
                _ = program.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new Uri($"http://127.0.0.1:{port.Groups[1].Value}/");
            }
        }

        throw new InvalidOperationException("The program ended before it served.");
    }

    [GeneratedRegex("public door ([0-9]+)")]
    private static partial Regex PublicDoor();
}
