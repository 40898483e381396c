using System.CommandLine;
using OzGateway.Benchmarks.Compare;

namespace OzGateway.Benchmarks.Start;

/// <summary><c>start</c>: from nothing to the first answer, and memory at rest; the gateway next to plain YARP.</summary>
internal static class StartCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Starts of each program.", DefaultValueFactory = _ => 7 };
        var gateways = new Option<string[]>("--gateway") { Description = "name=path of a gateway (.dll or executable); may be repeated. Default: the one built with this program." };
        var yarp = new Option<string>("--yarp") { Description = "Path of the demo that is plain YARP (.dll or executable).", DefaultValueFactory = _ => ProgramStart.DemoBesideThis };
        var environment = new Option<string[]>("--env") { Description = "candidate:NAME=value for a process; candidate is a gateway's name, yarp, or *; may be repeated." };
        var command = new Command("start", "Time to the first answer, and memory at rest.") { rounds, gateways, yarp, environment };
        command.SetAction(parsed => Run(new CompareOptions
        {
            Rounds = parsed.GetValue(rounds),
            Gateways = parsed.GetValue(gateways) is { Length: > 0 } named ? named : [$"OzGateway={ProgramStart.GatewayBesideThis}"],
            Environment = parsed.GetValue(environment) ?? [],
        }, parsed.GetValue(yarp)!));
        return command;
    }

    /// <summary>Runs and prints; 1 where a program did not start or answered wrongly.</summary>
    public static int Run(CompareOptions options, string yarpPath)
    {
        try
        {
            using var adapter = new StandInAdapter([]);
            using var house = new GatewayHouse(adapter.Address, options.Users, appended: "");
            adapter.Answer("script"u8.ToArray());
            var programs = options.Gateways.Select(gateway => gateway.Split('=', 2)).ToDictionary(
                static pair => pair[0], pair => ProgramStart.Gateway(pair[1], house.ConfigurationFile) with { Environment = options.EnvironmentOf(pair[0]) });
            programs.Add("plain YARP", ProgramStart.PlainYarp(yarpPath, adapter.Address) with { Environment = options.EnvironmentOf("yarp") });
            Print(programs, options.Rounds);
            return 0;
        }
        catch (CompareException exception)
        {
            Console.Error.WriteLine($"start: {exception.Message}");
            return 1;
        }
    }

    private static void Print(Dictionary<string, ProgramStart> programs, int rounds)
    {
        var figures = programs.Keys.ToDictionary(static name => name, static _ => new List<StartFigures>());
        for (var round = 0; round < rounds; round++)
        {
            var order = programs.Keys.ToArray();
            Random.Shared.Shuffle(order);
            foreach (var name in order)
            {
                figures[name].Add(StartFigures.Measure(programs[name]));
            }
        }

        Console.Out.WriteLine("| program | first answer ms | RSS MiB | PSS MiB | CPU ms |");
        Console.Out.WriteLine("|---|---|---|---|---|");
        foreach (var (name, starts) in figures)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"| {name} | {Median(start => start.FirstAnswer.TotalMilliseconds):F0} ({starts.Min(static start => start.FirstAnswer.TotalMilliseconds):F0} to {starts.Max(static start => start.FirstAnswer.TotalMilliseconds):F0}) | {Median(start => start.ResidentMib):F1} | {Median(start => start.ProportionalMib):F1} | {Median(start => start.Cpu.TotalMilliseconds):F0} |"));

            double Median(Func<StartFigures, double> figure) => starts.Select(figure).Order().ElementAt(starts.Count / 2);
        }
    }
}
