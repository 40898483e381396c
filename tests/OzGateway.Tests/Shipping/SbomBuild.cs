using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OzGateway.Tests.Shipping;

/// <summary>Runs the command of the Dockerfile that makes the bill of materials, with the tool in the version that it installs.</summary>
public sealed partial class SbomBuild : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-sbom-");

    /// <summary>What it wrote.</summary>
    public JsonElement Document { get; private set; }

    public async Task InitializeAsync()
    {
        var dockerfile = ShippedFiles.Read("Dockerfile");
        var version = Install().Match(dockerfile).Groups[1].Value;
        var arguments = Command().Match(dockerfile).Groups[1].Value.Replace("${VERSION}", "0.0.0", StringComparison.Ordinal).Replace("/sbom ", $"{_folder.FullName} ", StringComparison.Ordinal);
        var packages = typeof(SbomBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "PackageFolder").Value!;
        var tool = Path.Combine(packages, "cyclonedx", version, "tools", "net10.0", "any", "CycloneDX.dll");
        Assert.True(File.Exists(tool), $"{tool} is missing: Dockerfile and test project name different versions.");

        using var process = Process.Start(new ProcessStartInfo("dotnet", [tool, .. arguments.Split(' ')]) { WorkingDirectory = ShippedFiles.Root, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "sbom.cdx.json")));
        Document = document.RootElement.Clone();
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [GeneratedRegex(@"RUN dotnet tool install CycloneDX --version (\S+) ")]
    private static partial Regex Install();

    [GeneratedRegex(@"RUN /tools/dotnet-CycloneDX (.+)")]
    private static partial Regex Command();
}
