using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OzGateway.Configuration.Reading;
using OzGateway.Problems;

namespace OzGateway.Configuration.Reference;

/// <summary>Makes the JSON Schema of <c>gateway.yaml</c> from the options and their doc comments.</summary>
/// <param name="docs">The doc comments.</param>
internal sealed class SchemaWriter(OptionDocs docs)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, JsonObject> _sections = new(StringComparer.Ordinal);

    /// <summary>The schema, as the text of its file.</summary>
    /// <param name="docs">The doc comments.</param>
    public static string Write(OptionDocs docs) => new SchemaWriter(docs).WriteRoot().ToJsonString(Layout) + "\n";

    private JsonObject WriteRoot()
    {
        JsonObject root = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "gateway.yaml",
        };
        foreach ((string name, JsonNode? value) in WriteSection(OptionShape.Of(typeof(GatewayOptions))).ToArray())
        {
            root[name] = value?.DeepClone();
        }

        root["$defs"] = new JsonObject(_sections.Select(section => KeyValuePair.Create(section.Key, (JsonNode?)section.Value)));
        return root;
    }

    private JsonObject WriteSection(OptionShape shape)
    {
        JsonObject section = new()
        {
            ["description"] = OptionDocs.Plain(docs.Meaning(shape.Type)),
            ["type"] = "object",
            ["properties"] = new JsonObject(shape.Keys.Select(key => KeyValuePair.Create(key.Key, (JsonNode?)WriteProperty(key.Value)))),
            ["additionalProperties"] = shape.Kind == OptionKind.Map ? WriteType(OptionShape.Of(shape.Item!)) : JsonValue.Create(false),
        };
        string[] required = [.. shape.Keys.Where(key => key.Value.GetCustomAttribute<RequiredAttribute>() is not null).Select(key => key.Key)];
        if (required.Length > 0)
        {
            section["required"] = new JsonArray([.. required.Select(key => JsonValue.Create(key))]);
        }

        if (shape.Kind == OptionKind.Secret)
        {
            section["minProperties"] = 1;
            section["maxProperties"] = 1;
        }

        return section;
    }

    private JsonObject WriteProperty(PropertyInfo property)
    {
        OptionShape shape = OptionShape.Of(property.PropertyType);
        RangeAttribute? range = property.GetCustomAttribute<RangeAttribute>();
        string standard = docs.Default(property);
        JsonObject written = new()
        {
            ["description"] = OptionDocs.Plain(docs.Meaning(property)
                + (range is null ? "" : $" Range: {OptionRanges.Print(range)}.")
                + (standard.Length == 0 ? "" : $" Default: {standard}.")),
        };
        foreach ((string name, JsonNode? value) in WriteType(shape).ToArray())
        {
            written[name] = value?.DeepClone();
        }

        if (range is not null && shape.Kind == OptionKind.Number)
        {
            written["minimum"] = JsonValue.Create((int)range.Minimum);
            written["maximum"] = JsonValue.Create((int)range.Maximum);
        }

        return written;
    }

    private JsonObject WriteType(OptionShape shape) => shape.Kind switch
    {
        OptionKind.Text => new() { ["type"] = "string", ["minLength"] = 1 },
        OptionKind.Boolean => new() { ["type"] = "boolean" },
        OptionKind.Number => new() { ["type"] = "integer" },
        OptionKind.Duration => new() { ["type"] = "string", ["pattern"] = UnitText.DurationPattern },
        OptionKind.Size => new() { ["type"] = "string", ["pattern"] = UnitText.SizePattern },
        OptionKind.Word => new() { ["enum"] = new JsonArray([.. OptionShape.Words(shape.Type).Keys.Select(word => JsonValue.Create(word))]) },
        OptionKind.Address => new() { ["type"] = "string", ["format"] = "uri", ["pattern"] = "^https?://" },
        OptionKind.List => new() { ["type"] = "array", ["items"] = WriteType(OptionShape.Of(shape.Item!)) },
        OptionKind.Map when shape.Keys.Count == 0 => new() { ["type"] = "object", ["additionalProperties"] = WriteType(OptionShape.Of(shape.Item!)) },
        OptionKind.Map or OptionKind.Section or OptionKind.Secret => Refer(shape),
        OptionKind.SectionOrNone => new() { ["oneOf"] = new JsonArray(new JsonObject { ["const"] = "none" }, Refer(OptionShape.Of(shape.Item!))) },
        _ => throw new InvalidOperationException($"'{shape.Kind}' has no schema."),
    };

    private JsonObject Refer(OptionShape shape)
    {
        string name = shape.Type.Name.Replace("Options", "", StringComparison.Ordinal);
        if (!_sections.ContainsKey(name))
        {
            // Present before it is written: a section may stand within itself.
            _sections[name] = [];
            _sections[name] = WriteSection(shape);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }
}
