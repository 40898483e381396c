using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>The helm program, from OZGATEWAY_HELM or PATH. No cluster is needed.</summary>
internal static class Helm
{
    public static string? Program { get; } = Find();

    public const string Missing = "helm is neither in OZGATEWAY_HELM nor on PATH.";

    public static async Task<IReadOnlyList<YamlMappingNode>> RenderAsync(params string[] arguments) => ShippedFiles.ParseYaml(await RenderTextAsync(arguments));

    public static async Task<string> RenderTextAsync(params string[] arguments)
    {
        var result = await TryRenderAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    public static Task<HelmResult> TryRenderAsync(params string[] arguments) => RunAsync(["template", "rel", ShippedFiles.Chart, "--kube-version", "1.35", .. arguments]);

    /// <summary>What the operator is told after an installation.</summary>
    public static async Task<string> NotesAsync(params string[] arguments)
    {
        var result = await RunAsync(["install", "rel", ShippedFiles.Chart, "--dry-run=client", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output[result.Output.IndexOf("NOTES:", StringComparison.Ordinal)..];
    }

    public static Task<HelmResult> RunAsync(params string[] arguments) => RunWithAsync("/dev/null", arguments);

    /// <summary>Runs helm with a kubeconfig: by default it knows of no cluster, whatever this machine knows of.</summary>
    public static async Task<HelmResult> RunWithAsync(string cluster, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["KUBECONFIG"] = cluster } };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new HelmResult(process.ExitCode, process.ExitCode == 0 ? await output : await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("OZGATEWAY_HELM") is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, "helm")).FirstOrDefault(File.Exists);
    }
}

/// <summary>How helm ended and what it said.</summary>
internal sealed record HelmResult(int ExitCode, string Output);
