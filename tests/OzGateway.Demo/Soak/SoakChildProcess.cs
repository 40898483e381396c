using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OzGateway.Simulator;
using Yarp.ReverseProxy.Configuration;

namespace OzGateway.Demo.Soak;

/// <summary>What the soaks need in a process of its own: the baseline, YARP as it comes, passing everything on; or an adapter that takes its time.</summary>
internal static class SoakChildProcess
{
    /// <summary>Word before the port that the parent waits for.</summary>
    public const string Ready = "public door ";

    /// <summary>Runs until it is killed.</summary>
    public static Task<int> RunAsync(DemoOptions options) => options.SoakChild switch
    {
        "adapter" => RunAdapterAsync(),
        _ => RunYarpAsync(options),
    };

    private static async Task<int> RunAdapterAsync()
    {
        await using var simulator = await SimulatorApplication.StartAsync(DrainSoak.SlowAdapter);
        await Console.Out.WriteLineAsync($"{Ready}{simulator.Address.Port},");
        await simulator.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> RunYarpAsync(DemoOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "OzGateway.Demo" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        builder.Services.AddRouting();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "adapter", Match = new RouteMatch { Path = "/{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "adapter",
                    Destinations = new Dictionary<string, DestinationConfig> { ["0"] = new() { Address = options.SoakUpstream!.AbsoluteUri } },
                },
            ]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        await Console.Out.WriteLineAsync($"{Ready}{new Uri(address).Port},");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
