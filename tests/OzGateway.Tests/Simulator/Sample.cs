using System.Reflection;
using System.Text.Json.Nodes;

namespace OzGateway.Tests.Simulator;

/// <summary>The samples of the vendor's documents, and how a document is compared with one: by its members, not by its values.</summary>
internal static class Sample
{
    public static JsonNode Read(string name)
    {
        var root = typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "RepositoryRoot").Value!;
        return JsonNode.Parse(File.ReadAllText(Path.Combine(root, "tests/OzGateway.Tests/Simulator/Samples", name + ".json")))!;
    }

    /// <summary>Every path of members with the kind of its value; elements of an array are one.</summary>
    public static IReadOnlyList<string> Shape(JsonNode? node) => [.. Paths(node, "$").Distinct().Order(StringComparer.Ordinal)];

    public static void AssertSameShape(string name, JsonNode actual) => Assert.Equal(Shape(Read(name)), Shape(actual));

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value, $"{path}.{member.Key}")).Prepend(path),
        JsonArray items => items.SelectMany(item => Paths(item, path + "[]")).Prepend(path),
        _ => [path],
    };
}
