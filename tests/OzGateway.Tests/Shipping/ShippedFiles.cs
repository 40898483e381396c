using System.Reflection;
using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>What is shipped beside the program, read from the repository.</summary>
internal static class ShippedFiles
{
    private static readonly Lazy<string> DefaultGateway = new(WriteDefaultGateway);

    public static string Root { get; } = Path.GetFullPath(
        typeof(ShippedFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!);

    public static string Chart { get; } = Path.Combine(Root, "helm", "ozgateway");

    /// <summary>The folder of these tests.</summary>
    public static string Tests { get; } = Path.Combine(Root, "tests", "OzGateway.Tests", "Shipping");

    /// <summary>The chart's default <c>gateway</c>, as a file that the program's own check can be run on.</summary>
    public static string DefaultGatewayFile => DefaultGateway.Value;

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    public static YamlMappingNode ReadYaml(params string[] path) => ParseYaml(Read(path)).Single();

    public static IReadOnlyList<YamlMappingNode> ParseYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }

    private static string WriteDefaultGateway()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Shipping", "chart-default-gateway.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, ReadYaml("helm", "ozgateway", "values.yaml").Text("gateway"));
        return file;
    }
}
