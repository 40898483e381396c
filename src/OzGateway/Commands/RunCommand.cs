using System.CommandLine;
using System.Net.Sockets;
using OzGateway.Configuration;
using OzGateway.Hosting;
using OzGateway.Telemetry;

namespace OzGateway.Commands;

/// <summary><c>ozgateway run</c>: reads the configuration, opens the doors, serves until told to stop.</summary>
internal static class RunCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Option<FileInfo?>("--config", "-c") { Description = "The configuration file." };
        var command = new Command("run", "Run the gateway.") { config };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(config), cancellationToken));
        return command;
    }

    /// <summary>Runs; 1 where the configuration is refused or a door cannot be opened.</summary>
    public static async Task<int> RunAsync(FileInfo? config, CancellationToken cancellationToken)
    {
        var read = new SnapshotReader().Read(ConfigurationFile.Find(config), SecretMode.Run, revision: 1);
        if (read.Snapshot is not { } snapshot)
        {
            foreach (var error in read.Errors)
            {
                await Console.Error.WriteLineAsync(error);
            }

            return 1;
        }

        try
        {
            await using var app = GatewayApplication.Create(snapshot);
            await app.RunAsync(cancellationToken);
            return 0;
        }
        catch (SocketException refused)
        {
            // An address that is not ours, or a port that we may not open. The system does not say which.
            var doors = string.Join(", ", snapshot.Hosting.Doors.Select(door => $"{TelemetryNames.Word(door.Key)} {door.Value.Address}"));
            await Console.Error.WriteLineAsync($"ozgateway: cannot start: a door ({doors}) cannot be opened: {refused.Message}.");
            return 1;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A door that is taken, or an audit file that cannot be written: one clear line, no stack.
            await Console.Error.WriteLineAsync($"ozgateway: cannot start: {refused.Message}");
            return 1;
        }
    }
}
