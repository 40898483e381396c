using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>The helm program, from OZGATEWAY_HELM or PATH. No cluster is needed.</summary>
internal static class Helm
{
    public static string? Program { get; } = Find();

    public static async Task<IReadOnlyList<YamlMappingNode>> RenderAsync(params string[] arguments)
    {
        var result = await RunAsync(["template", "rel", ShippedFiles.Chart, "--kube-version", "1.35", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output);
        return ShippedFiles.ParseYaml(result.Output);
    }

    public static async Task<HelmResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
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
