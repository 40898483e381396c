using OzGateway.Tests.Simulator;

namespace OzGateway.Tests.Shipping;

/// <summary>The models of kubernetes-models, run by node: types, words, what is required. Knows the two kinds that a cluster may lack as well.</summary>
internal static class KubernetesModels
{
    /// <summary>The folder that holds node_modules, or null.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("OZGATEWAY_KUBERNETES_MODELS") is { Length: > 0 } named ? Path.GetFullPath(named) : null;

    /// <summary>Judges texts, each under a name, in one run: exit code, and what was said, line by line.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines)> ValidateAsync(IReadOnlyDictionary<string, string> objects)
    {
        var folder = Directory.CreateTempSubdirectory("ozgateway-models-");
        try
        {
            foreach (var (name, text) in objects)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);
            }

            var (exitCode, output) = await Node.RunAsync("", [Path.Combine(ShippedFiles.Tests, "validate.mjs"), Folder!, .. objects.Keys.Select(name => Path.Combine(folder.FullName, name))]);
            return (exitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
