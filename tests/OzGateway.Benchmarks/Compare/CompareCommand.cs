using System.CommandLine;

namespace OzGateway.Benchmarks.Compare;

/// <summary><c>compare</c>: one poll small and large, and one submission; direct, through plain YARP, through the gateway.</summary>
internal static class CompareCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var cases = new Option<string[]>("--case") { Description = "poll-6k, poll-190k, upload-2m; may be repeated. Default: all.", AllowMultipleArgumentsPerToken = true };
        var rounds = new Option<int>("--rounds") { Description = "Measured rounds.", DefaultValueFactory = _ => new CompareOptions().Rounds };
        var warmUps = new Option<int>("--warm-ups") { Description = "Unmeasured rounds before those.", DefaultValueFactory = _ => new CompareOptions().WarmUps };
        var requests = new Option<int?>("--requests") { Description = "Calls in one window. Default: about a second of them." };
        var gateways = new Option<string[]>("--gateway") { Description = "name=path of a gateway (.dll or executable); may be repeated. Default: the one built with this program." };
        var environment = new Option<string[]>("--env") { Description = "candidate:NAME=value for a process; candidate is a gateway's name, yarp, or *; may be repeated." };
        var append = new Option<FileInfo?>("--append") { Description = "A file of YAML to append to the gateways' configuration." };
        var users = new Option<UserSource>("--users") { Description = "How users are named: Jwt in a cookie, or Header of a trusted proxy." };
        var loose = new Option<bool>("--no-pin") { Description = "Leave processes on all processors (default: the proxies on one, all else on another)." };
        var verbose = new Option<bool>("--verbose") { Description = "Print every window as it ends." };
        var command = new Command("compare", "Processor time and allocations per call, as ratios.") { cases, rounds, warmUps, requests, gateways, environment, append, users, loose, verbose };
        command.SetAction((parsed, _) => RunAsync(new CompareOptions
        {
            Cases = parsed.GetValue(cases) ?? [],
            Rounds = parsed.GetValue(rounds),
            WarmUps = parsed.GetValue(warmUps),
            Requests = parsed.GetValue(requests),
            Gateways = parsed.GetValue(gateways) ?? [],
            Environment = parsed.GetValue(environment) ?? [],
            Append = parsed.GetValue(append),
            Users = parsed.GetValue(users),
            Pin = !parsed.GetValue(loose),
            IsVerbose = parsed.GetValue(verbose),
        }));
        return command;
    }

    /// <summary>Runs and prints; 1 where a program did not start or bytes were wrong.</summary>
    public static async Task<int> RunAsync(CompareOptions options)
    {
        try
        {
            var figures = await Comparison.RunAsync(options);
            await Console.Out.WriteLineAsync(CaseFigures.Header);
            foreach (var one in figures)
            {
                await Console.Out.WriteAsync(one.Rows());
            }

            return 0;
        }
        catch (CompareException exception)
        {
            await Console.Error.WriteLineAsync($"compare: {exception.Message}");
            return 1;
        }
    }
}
