using System.Text.Json;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>Finds <c>meta</c> where the dialect says it is. Of anything that stands twice, the last counts, as in PHP.</summary>
internal static class MetadataReader
{
    private static readonly Dictionary<string, string> None = [];

    public static IReadOnlyDictionary<string, string> Read(Dialect dialect, BodyFields fields) => fields.Kind switch
    {
        BodyKind.Multipart => FromEntries(dialect.MultipartMetadata, fields),
        BodyKind.Form => FromEntries(dialect.FormMetadata, fields),
        BodyKind.Json when fields.Json is { } json => FromJson(dialect.JsonMetadata, json),
        BodyKind.Json or BodyKind.Container => None,
        _ => throw new InvalidOperationException($"Body kind '{fields.Kind}' is not known."),
    };

    private static Dictionary<string, string> FromEntries(MetadataPlace place, BodyFields fields)
    {
        if (place.Form == MetadataForm.EntryPerKey)
        {
            var metadata = new Dictionary<string, string>();
            foreach (var part in fields.Parts)
            {
                if (part is { Name: { } name, Text: { } text } && place.KeyOf(name) is { } key)
                {
                    metadata[key] = text;
                }
            }

            return metadata;
        }

        return Parse(fields.Text(place.Name!)) is { } json ? FromJson(place, json) : None;
    }

    private static Dictionary<string, string> FromJson(MetadataPlace place, JsonElement json)
    {
        foreach (var member in place.Path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(member, out json))
            {
                return None;
            }
        }

        if (place.Form == MetadataForm.JsonInString)
        {
            if (json.ValueKind != JsonValueKind.String || Parse(json.GetString()) is not { } inner)
            {
                return None;
            }

            json = inner;
        }

        return json.ValueKind == JsonValueKind.Object ? Flat(json) : None;
    }

    private static Dictionary<string, string> Flat(JsonElement json)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var member in json.EnumerateObject())
        {
            metadata[member.Name] = member.Value.ToString();
        }

        return metadata;
    }

    private static JsonElement? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
