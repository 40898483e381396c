using OzGateway.Tests.Simulator;

namespace OzGateway.Tests.Shipping;

/// <summary>The models of kubernetes-models, run by node: types, words, what is required. Knows the two kinds that a cluster may lack as well.</summary>
internal static class KubernetesModels
{
    /// <summary>The folder that holds node_modules, or null.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("OZGATEWAY_KUBERNETES_MODELS") is { Length: > 0 } named ? Path.GetFullPath(named) : null;

    public static Task<(int ExitCode, string Output)> ValidateAsync(string objects) =>
        Node.RunAsync(objects, Path.Combine(ShippedFiles.Tests, "validate.mjs"), Folder!);
}
