using System.CommandLine;

namespace OzGateway.Commands;

/// <summary>The verbs of <c>ozgateway</c>. Exit codes: 0 fine, 1 refused, 2 wrong use.</summary>
internal static class CommandLine
{
    /// <summary>Wrong use.</summary>
    public const int WrongUse = 2;

    /// <summary>Parses and runs.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        var exit = await parsed.InvokeAsync(new InvocationConfiguration
        {
            // How the process ends is decided in one place: by the drain, not by the parser's own signal handler.
            ProcessTerminationTimeout = null,
        });
        return parsed.Errors.Count > 0 ? WrongUse : exit;
    }

    private static RootCommand Root()
    {
        var config = new Option<FileInfo?>("--config", "-c")
        {
            Description = "The configuration file. Default: config/gateway.yaml here, else /etc/ozgateway/gateway.yaml.",
        };
        var root = new RootCommand("OzGateway: a security reverse proxy in front of the Oz Forensics Web Adapter.") { config };
        // Settings that a .NET test host passes to the program it starts; they change nothing here.
        string[] hostSettings = ["--environment", "--contentRoot", "--applicationName", "--urls"];
        foreach (var setting in hostSettings)
        {
            root.Add(new Option<string?>(setting) { Hidden = true });
        }

        root.SetAction((parsed, cancellationToken) => RunCommand.RunAsync(parsed.GetValue(config), cancellationToken));
        root.Add(RunCommand.Create());
        root.Add(CheckCommand.Create());
        root.Add(HealthCommand.Create());
        root.Add(AttemptsCommand.Create());
        return root;
    }
}
