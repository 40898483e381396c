using OzGateway.Demo.Soak;

namespace OzGateway.Demo;

/// <summary>What the program does with its arguments. Exit codes: 0 fine, 1 something did not hold, 2 wrong use.</summary>
internal static class DemoCommandLine
{
    private const string Usage = """
        Usage: dotnet run --project tests/OzGateway.Demo [-- OPTIONS]
          (no option)       the gateway in front of a simulated Oz, with a page to try it
          --once            one check; exits 0 when every promise held
          --ports 0         any free ports
          --config FILE     another gateway.yaml
          soak uploads      memory and throughput of the gateway under large uploads, next to plain YARP
                            [--parallel 32] [--each-mib 2 10 20 and 60 in turn] [--rounds 3]
          soak attempts [races | faults | memory | redis]
                            limits under races and faults, and what they cost [--rounds 200]
          soak flapping     mixed calls while the adapter goes down 1 s in every 3
                            [--requests 3000] [--connections 16]
          soak drain        SIGTERM during a slow upload and 50 polls, over HTTP/1.1 and HTTP/2;
                            the same with the adapter killed in the middle
                            [--mib 60]
          soak edge         6000 paths and 3000 framings: the adapter sees nothing or exactly what was sent
          soak slow-clients others while 150 heads trickle, 40 clients never read and 400 connections idle
          soak bombs        memory of the gateway under 20 gzip bombs of 1 GiB, then under 20 answers without an end
        """;

    /// <summary>Runs.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (DemoOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            return options switch
            {
                { SoakChild: not null } => await SoakChildProcess.RunAsync(options),
                { SoakAttempts: not null } => await AttemptSoak.RunAsync(options),
                { Soak: "flapping" } => await FlappingSoak.RunAsync(options),
                { Soak: "edge" } => await EdgeSoak.RunAsync(),
                { Soak: "slow-clients" } => await SlowClientSoak.RunAsync(),
                { Soak: "uploads" } => await UploadSoak.RunAsync(options),
                { Soak: "drain" } => await DrainSoak.RunAsync(options),
                { Soak: "bombs" } => await BombSoak.RunAsync(),
                { Once: true } => await OnceAsync(options),
                _ => await ServeAsync(options),
            };
        }
        catch (DemoException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static async Task<int> OnceAsync(DemoOptions options)
    {
        await using var house = await DemoHouse.StartAsync(options);
        var facts = await OneCheck.RunAsync(house, DemoHouse.Users[0]);
        await Console.Out.WriteLineAsync(facts.Print());
        var broken = facts.Broken();
        foreach (var line in broken)
        {
            await Console.Error.WriteLineAsync($"broken: {line}");
        }

        await Console.Out.WriteLineAsync(broken.Count == 0 ? "fine" : "not fine");
        return broken.Count == 0 ? 0 : 1;
    }

    private static async Task<int> ServeAsync(DemoOptions options)
    {
        await using var house = await DemoHouse.StartAsync(options);
        await using var page = await DemoPage.StartAsync(house, options.AnyPorts ? 0 : DemoPage.Port);
        await Console.Out.WriteLineAsync($"""

              OzGateway demo: open {page.Address}

              public door   {house.Public}   (what browsers reach; the page's server passes the plugin's calls on)
              backend door  {house.Backend}   (what the customer's backend asks)
              admin door    {house.Admin}health/ready
              simulated Oz  {house.Simulator.Address}   (Web Adapter and Oz API, result mode full: as talkative as it gets)

              Ctrl+C ends it.

            """);
        await page.WaitForShutdownAsync();
        return 0;
    }
}
