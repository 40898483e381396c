using System.Collections.Concurrent;
using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>The values under Values/, each a way to deploy, and what the chart makes of them.</summary>
internal static class ValueSets
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Rendered = new();

    public static IReadOnlyList<string> All { get; } = [.. Directory.EnumerateFiles(Folder("Values"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    public static TheoryData<string> Names => [.. All];

    public static string Folder(string name) => Path.Combine(ShippedFiles.Tests, name);

    public static string File(string name) => Path.Combine(Folder("Values"), name + ".yaml");

    /// <summary>All objects as text; rendered once a run.</summary>
    public static Task<string> RenderAsync(string name) =>
        Rendered.GetOrAdd(name, set => new Lazy<Task<string>>(() => Helm.RenderTextAsync("-f", File(set)))).Value;

    public static async Task<IReadOnlyList<YamlMappingNode>> ObjectsAsync(string name) => ShippedFiles.ParseYaml(await RenderAsync(name));

    public static async Task<YamlMappingNode> DeploymentAsync(string name) => (await ObjectsAsync(name)).Only("Deployment");
}
