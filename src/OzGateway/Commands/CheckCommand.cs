using System.CommandLine;
using System.CommandLine.Parsing;
using OzGateway.Configuration;
using OzGateway.Telemetry;

namespace OzGateway.Commands;

/// <summary><c>ozgateway check FILE</c>: the same reading as <c>run</c>, without the listening. A secret that is absent on this machine is a warning here.</summary>
internal static class CheckCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo?>("file") { Description = "The configuration file.", Arity = ArgumentArity.ZeroOrOne };
        file.Validators.Add(RefuseOption);
        var routes = new Option<bool>("--routes") { Description = "Print the routes as they are understood." };
        var command = new Command("check", "Check a configuration file: all errors at once, with line and column.") { file, routes };
        command.SetAction(parsed => Check(ConfigurationFile.Find(parsed.GetValue(file)), parsed.GetValue(routes), parsed.InvocationConfiguration));
        return command;
    }

    // An unknown option would else be taken for the name of a file.
    private static void RefuseOption(ArgumentResult written)
    {
        if (written.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown)
        {
            written.AddError($"There is no option {unknown.Value}.");
        }
    }

    private static int Check(string path, bool printRoutes, InvocationConfiguration console)
    {
        var read = new SnapshotReader().Read(path, SecretMode.Check, revision: 1);
        foreach (var line in read.Errors.Concat(read.Warnings))
        {
            console.Error.WriteLine(line);
        }

        if (read.Snapshot is not { } snapshot)
        {
            return 1;
        }

        console.Output.WriteLine($"{Path.GetFileName(path)}: fine, {snapshot.Routes.Count} routes, {read.Warnings.Count} warnings.");
        foreach (var bound in snapshot.Redis is null ? [] : snapshot.Budgets.Bounds())
        {
            console.Output.WriteLine(bound);
        }

        foreach (var route in printRoutes ? snapshot.Routes : [])
        {
            console.Output.WriteLine($"{route.Id,-12} {TelemetryNames.Word(route.Call.Role),-11} {string.Join('|', route.Methods),-10} {string.Join(' ', route.Paths)}");
        }

        return 0;
    }
}
