using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>Walks a YAML document by keys and, for sequences, by positions.</summary>
internal static class YamlNavigation
{
    public static YamlNode At(this YamlNode node, params string[] path) =>
        path.Aggregate(node, (current, step) => current is YamlSequenceNode sequence ? sequence[int.Parse(step, CultureInfo.InvariantCulture)] : current[step]);

    public static string Text(this YamlNode node, params string[] path) => ((YamlScalarNode)node.At(path)).Value!;

    public static IEnumerable<YamlNode> Items(this YamlNode node, params string[] path) => (YamlSequenceNode)node.At(path);

    /// <summary>The one object of a kind.</summary>
    public static YamlMappingNode Only(this IEnumerable<YamlMappingNode> objects, string kind) => objects.Single(item => item.Text("kind") == kind);

    /// <summary>The one object of a kind and a name.</summary>
    public static YamlMappingNode Named(this IEnumerable<YamlMappingNode> objects, string kind, string name) =>
        objects.Single(item => item.Text("kind") == kind && item.Text("metadata", "name") == name);

    public static bool Has(this YamlNode node, string key) => node is YamlMappingNode mapping && mapping.Children.ContainsKey(new YamlScalarNode(key));
}
