using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace OzGateway.Tests.Shipping;

/// <summary>The table of values in helm/README.md: defaults from values.yaml, meanings from values.schema.json.</summary>
internal sealed class ChartReference
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonNode _schema = JsonNode.Parse(ShippedFiles.Read("helm", "ozgateway", "values.schema.json"))!;

    private readonly List<(string Path, string Default, string Meaning)> _rows = [];

    public ChartReference() => Walk("", _schema, ShippedFiles.ReadYaml("helm", "ozgateway", "values.yaml"));

    /// <summary>Values of values.yaml that the schema does not describe, and described ones that are not in it.</summary>
    public List<string> Gaps { get; } = [];

    /// <summary>The table.</summary>
    public string Table()
    {
        var table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
        foreach (var (path, standard, meaning) in _rows)
        {
            table.Append($"| `{path}` | {standard} | {meaning} |\n");
        }

        return table.ToString();
    }

    private void Walk(string path, JsonNode schema, YamlNode? value)
    {
        var known = (JsonObject)Resolve(schema)["properties"]!;
        foreach (var (name, property) in known)
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            var written = value is YamlMappingNode mapping && mapping.Has(name) ? mapping.At(name) : null;
            if (property!["description"]?.GetValue<string>() is { } meaning)
            {
                _rows.Add((inner, written is null ? "–" : Show(written), meaning.Replace("|", "\\|", StringComparison.Ordinal)));
            }
            else if (Resolve(property)["properties"] is not null)
            {
                Walk(inner, property, written);
            }
            else
            {
                Gaps.Add($"{inner} is not described.");
            }
        }

        if (value is YamlMappingNode all)
        {
            Gaps.AddRange(all.Children.Keys.Select(key => key.Text()).Where(key => !known.ContainsKey(key)).Select(key => $"{path}.{key} is not known to the schema."));
        }
    }

    private JsonNode Resolve(JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? _schema["definitions"]![reference["#/definitions/".Length..]]! : schema;

    private static string Show(YamlNode value) => value is YamlScalarNode { Value: { } text } && text.Contains('\n', StringComparison.Ordinal)
        ? "an example"
        : value is YamlScalarNode { Value: "" } ? "empty" : $"`{ToJson(value)}`".Replace("`\"", "`", StringComparison.Ordinal).Replace("\"`", "`", StringComparison.Ordinal);

    private static string ToJson(YamlNode value) => value switch
    {
        YamlMappingNode mapping => mapping.Children.Count == 0 ? "{}" : $"{{ {string.Join(", ", mapping.Select(entry => $"{entry.Key.Text()}: {ToJson(entry.Value)}"))} }}",
        YamlSequenceNode items => $"[{string.Join(", ", items.Select(ToJson))}]",
        _ => value.Text() is { Length: > 0 } text && text.All(letter => char.IsLetterOrDigit(letter) || "./:-_".Contains(letter, StringComparison.Ordinal)) ? text : JsonSerializer.Serialize(value.Text(), Plain),
    };
}
