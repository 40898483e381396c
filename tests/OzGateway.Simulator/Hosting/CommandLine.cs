using System.Globalization;
using System.Net;

namespace OzGateway.Simulator.Hosting;

/// <summary>The program's arguments.</summary>
/// <param name="Options">What they ask for; null when they are wrong.</param>
/// <param name="Error">What is wrong with them; null when they are right.</param>
internal sealed record CommandLine(SimulatorOptions? Options, string? Error)
{
    public const string Usage =
        "Usage: OzGateway.Simulator [--port 8090] [--host 127.0.0.1] [--dialect default|contrary|random:SEED] [--scenario NAME] [--keep 1000]";

    private const int DefaultPort = 8090;

    // A program may run for days: it remembers less than a test does.
    private const int DefaultKept = 1000;

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var options = new SimulatorOptions { Port = DefaultPort, KeptLimit = DefaultKept };
        for (var at = 0; at < arguments.Count; at += 2)
        {
            var value = at + 1 < arguments.Count ? arguments[at + 1] : "";
            var next = arguments[at] switch
            {
                "--port" when Number(value) is { } port and <= IPEndPoint.MaxPort => options with { Port = port },
                "--host" when IPAddress.TryParse(value, out var host) => options with { Host = host },
                "--dialect" when Dialect.Named(value) is { } dialect => options with { Dialect = dialect },
                "--scenario" when Scenario.Named(value) is { } scenario => options with { Scenario = scenario },
                "--keep" when Number(value) is { } kept => options with { KeptLimit = kept },
                _ => null,
            };
            if (next is null)
            {
                return new CommandLine(null, $"'{arguments[at]} {value}' is not understood. Scenarios: {string.Join(", ", Scenario.Names)}.");
            }

            options = next;
        }

        return new CommandLine(options, null);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
