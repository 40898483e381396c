using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OzGateway.Simulator.Recording;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>A submission's or poll's body as fields, whichever form it has.</summary>
internal sealed record BodyFields(BodyKind Kind, IReadOnlyList<ReceivedPart> Parts, JsonElement? Json)
{
    /// <summary>The fields of a body, or null where it is JSON that cannot be parsed.</summary>
    public static BodyFields? Parse(string? contentType, ReadBody body)
    {
        var type = contentType ?? "";
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return new BodyFields(BodyKind.Multipart, body.Parts, null);
        }

        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return new BodyFields(BodyKind.Form, FormParts(Encoding.UTF8.GetString(body.Whole.Span)), null);
        }

        if (body.Whole.Length == 0)
        {
            return new BodyFields(body.Length > 0 ? BodyKind.Container : BodyKind.Json, body.Parts, null);
        }

        try
        {
            return new BodyFields(BodyKind.Json, [], JsonElement.Parse(body.Whole.Span));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of a field, part or root member; of several the last.</summary>
    public string? Text(string name)
    {
        if (Json is { ValueKind: JsonValueKind.Object } root)
        {
            return root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        }

        return Parts.LastOrDefault(part => part.Name == name)?.Text;
    }

    /// <summary>The media among the fields.</summary>
    public IReadOnlyList<ReceivedPart> Media(string name) => Kind switch
    {
        BodyKind.Multipart => [.. Parts.Where(part => part.Name == name)],
        BodyKind.Form => [.. Parts.Where(part => part.Name == name && part.Text is not null).Select(part => Decoded(name, null, null, part.Text!))],
        BodyKind.Json => JsonMedia(name),
        BodyKind.Container => Parts,
        _ => throw new InvalidOperationException($"Body kind '{Kind}' is not known."),
    };

    private ReceivedPart[] JsonMedia(string name)
    {
        if (Json is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return [.. list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object).Select(item =>
            Decoded(name, TextOf(item, "name"), TextOf(item, "type"), TextOf(item, "data") ?? ""))];
    }

    private static string? TextOf(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ReceivedPart Decoded(string name, string? fileName, string? contentType, string base64)
    {
        var buffer = new byte[base64.Length * 3 / 4 + 3];
        using var tally = new ByteTally(ReceivedRequest.KeptPartBytes);
        tally.Add(Convert.TryFromBase64String(base64, buffer, out var length) ? buffer.AsSpan(0, length) : []);
        return tally.ToPart(name, fileName, contentType);
    }

    private static List<ReceivedPart> FormParts(string form)
    {
        var parts = new List<ReceivedPart>();
        foreach (var pair in new QueryStringEnumerable(form))
        {
            // Fields are media in base64 too: a bound of their own would cut what the adapter has to decode.
            using var tally = new ByteTally(keptLimit: long.MaxValue);
            tally.Add(Encoding.UTF8.GetBytes(pair.DecodeValue().ToString()));
            parts.Add(tally.ToPart(pair.DecodeName().ToString(), null, null));
        }

        return parts;
    }
}
