using System.Text.Json.Nodes;

namespace OzGateway.Tests.Shipping;

public sealed class ChartReadmeTests
{
    private const string Begin = "<!-- values: made from values.yaml and values.schema.json -->\n";

    private const string End = "<!-- /values -->";

    [Fact]
    public void The_table_of_values_is_up_to_date()
    {
        var readme = ShippedFiles.Read("helm", "README.md").ReplaceLineEndings("\n");
        var (begin, end) = (readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, readme.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= Begin.Length && end >= begin, "helm/README.md has no place for the table.");

        var expected = readme[..begin] + new ChartReference().Table() + readme[end..];
        if (Environment.GetEnvironmentVariable("OZGATEWAY_WRITE") == "1")
        {
            File.WriteAllText(Path.Combine(ShippedFiles.Root, "helm", "README.md"), expected);
            return;
        }

        Assert.True(readme == expected, $"helm/README.md is stale. Write it anew: OZGATEWAY_WRITE=1 dotnet test tests/OzGateway.Tests --filter FullyQualifiedName~{nameof(ChartReadmeTests)}");
    }

    [Fact]
    public void Every_value_is_described_and_none_is_unknown() => Assert.Empty(new ChartReference().Gaps);

    [Fact]
    public void Every_object_of_the_schema_is_closed()
    {
        var open = Objects(JsonNode.Parse(ShippedFiles.Read("helm", "ozgateway", "values.schema.json"))!)
            .Where(item => item["additionalProperties"] is null && item["properties"] is not null && item["type"] is not null);

        Assert.Empty(open);
    }

    [Fact]
    public void What_the_schema_leaves_to_the_cluster_is_affinity_and_what_a_parent_chart_writes()
    {
        var schema = JsonNode.Parse(ShippedFiles.Read("helm", "ozgateway", "values.schema.json"))!;
        var free = Objects(schema).Where(item => item["type"]?.ToJsonString() == "\"object\"" && item["additionalProperties"] is null).Select(item => item.GetPath());

        Assert.Equal(["$.properties.affinity.properties.nodeAffinity", "$.properties.affinity.properties.podAffinity", "$.properties.affinity.properties.podAntiAffinity", "$.properties.global"], free.Order());
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(entry => Objects(entry.Value)).Prepend(item),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
