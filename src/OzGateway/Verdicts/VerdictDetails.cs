using System.Text.Json;
using OzGateway.OzApi;

namespace OzGateway.Verdicts;

/// <summary>Details of a folder for those who may see them. Members that are not as documented are left out: they cost their detail, never the verdict.</summary>
internal static class VerdictDetails
{
    private const int MostEntries = 100;

    /// <summary>Tags of each medium.</summary>
    public static IEnumerable<IReadOnlyList<string>> TagsOf(OzFolder folder) => Items(folder.Media).Select(medium => (IReadOnlyList<string>)[.. Texts(Member(medium, "tags"))]);

    /// <summary>Media with their links.</summary>
    public static IReadOnlyList<MediumLinks> MediaOf(OzFolder folder) =>
    [
        .. Items(folder.Media).Select(static medium =>
            new MediumLinks([.. Texts(Member(medium, "tags"))], Text(medium, "original_url"), Text(medium, "preview_url"), Text(medium, "thumb_url"))),
    ];

    /// <summary>One analysis, with as much as the rights allow.</summary>
    public static AnalysisVerdict Of(OzAnalysis analysis, BackendRights rights)
    {
        var (scores, media) = (rights.HasFlag(BackendRights.Scores), rights.HasFlag(BackendRights.Media));
        return new AnalysisVerdict(analysis.Type?.ToLowerInvariant() ?? "unknown", VerdictDecision.Of(analysis))
        {
            Scores = scores ? ScoresOf(analysis) : null,
            Thresholds = scores ? Numbers(analysis.Confs) : null,
            Images = media ? ImagesOf(analysis) : null,
            Fields = media && analysis.Type == "DOCUMENTS" ? FieldsOf(analysis) : null,
        };
    }

    // Several media have several scores of one name: the highest of an attack, which spoofing is, and of all else the lowest.
    private static Dictionary<string, double> ScoresOf(OzAnalysis analysis)
    {
        var scores = Numbers(analysis.ResultsData);
        foreach (var (name, value) in Items(analysis.ResultsMedia).SelectMany(static medium => Numbers(Member(medium, "results_data"))))
        {
            scores[name] = !scores.TryGetValue(name, out var other) ? value
                : name.Contains("spoofing", StringComparison.Ordinal) ? Math.Max(value, other)
                : Math.Min(value, other);
        }

        return scores;
    }

    private static List<string>? ImagesOf(OzAnalysis analysis)
    {
        List<string> images =
        [
            .. Items(analysis.ResultsMedia)
                .SelectMany(static medium => Items(Member(medium, "output_images")))
                .Select(static image => Text(image, "original_url"))
                .OfType<string>()
                .Take(MostEntries),
        ];
        return images.Count == 0 ? null : images;
    }

    private static List<DocumentField> FieldsOf(OzAnalysis analysis) =>
    [
        .. Items(analysis.ResultsData is { } data ? Member(data, "text_fields") : null)
            .Where(static field => Text(field, "field_name") is not null)
            .Select(static field => new DocumentField(Text(field, "field_name")!, Text(field, "visual"), Text(field, "mrz"))),
    ];

    private static Dictionary<string, double> Numbers(JsonElement? element)
    {
        Dictionary<string, double> numbers = [];
        if (element is { ValueKind: JsonValueKind.Object } found)
        {
            foreach (var member in found.EnumerateObject().Take(MostEntries))
            {
                if (member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetDouble(out var number) && double.IsFinite(number))
                {
                    numbers[member.Name] = number;
                }
            }
        }

        return numbers;
    }

    private static IEnumerable<JsonElement> Items(JsonElement? element) => element is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray().Take(MostEntries) : [];

    private static IEnumerable<string> Texts(JsonElement? element) =>
        Items(element).Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!);

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
