using OzGateway.Simulator;
using OzGateway.Simulator.Hosting;

var line = CommandLine.Parse(args);
if (line.Options is not { } options)
{
    await Console.Error.WriteLineAsync(line.Error);
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 2;
}

await using var simulator = await SimulatorApplication.StartAsync(options);
Console.WriteLine($"Simulated Oz at {simulator.Address} speaks dialect '{simulator.Dialect.Name}'. Oz API token: {options.OzApiToken}");
await simulator.WaitForShutdownAsync();
return 0;
