using System.Globalization;
using System.Text.RegularExpressions;

namespace OzGateway.Simulator.OzApi;

/// <summary>The query of the folder list.</summary>
internal sealed partial class FolderQuery
{
    private const int DefaultLimit = 100;

    private readonly List<Func<SimulatedFolder, bool>> _filters = [];

    public bool WithAnalyses { get; private init; }

    public bool OmitTotal { get; private init; }

    public int Offset { get; private set; }

    public int Limit { get; private set; } = DefaultLimit;

    private Func<SimulatedFolder, DateTimeOffset>? SortKey { get; set; }

    private bool Descending { get; set; }

    /// <summary>The query, or the documented error of a malformed one.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="options">Whether the metadata filter counts and which unit times have.</param>
    public static (FolderQuery? Query, OzApiError? Error) Parse(IQueryCollection query, FolderQueryOptions options)
    {
        var parsed = new FolderQuery { WithAnalyses = IsTrue(query["with_analyses"]), OmitTotal = IsTrue(query["total_omit"]) };
        var error = (options.IgnoreMetadata ? null : parsed.AddMetadata(query))
            ?? parsed.AddTimes(query, options.TimesInMilliseconds ? 0.001 : 1)
            ?? parsed.AddPaging(query)
            ?? parsed.AddSorting(query["sorting"]);
        if (query["resolution_status"].ToString() is { Length: > 0 } status)
        {
            parsed._filters.Add(folder => folder.ResolutionStatus == status);
        }

        return error is null ? (parsed, null) : (null, error);
    }

    /// <summary>All folders that match, in order; paging is not applied yet.</summary>
    public IReadOnlyList<SimulatedFolder> Select(IEnumerable<SimulatedFolder> folders)
    {
        var matching = folders.Where(folder => _filters.TrueForAll(filter => filter(folder)));
        return SortKey is not { } key ? [.. matching]
            : Descending ? [.. matching.OrderByDescending(key)]
            : [.. matching.OrderBy(key)];
    }

    public static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase) || value == "1";

    private OzApiError? AddMetadata(IQueryCollection query)
    {
        foreach (var filter in query["meta_data"])
        {
            var match = MetadataFilter().Match(filter ?? "");
            if (!match.Success)
            {
                return OzApiError.InvalidStructure;
            }

            var (key, value, equal) = (match.Groups["key"].Value, match.Groups["value"].Value, match.Groups["operator"].Value == "==");
            _filters.Add(folder => (folder.MetaData.TryGetValue(key, out var held) && held == value) == equal);
        }

        return null;
    }

    private OzApiError? AddTimes(IQueryCollection query, double secondsPerUnit)
    {
        foreach (var (name, time) in new (string, Func<SimulatedFolder, DateTimeOffset>)[]
            { ("time_created", static folder => folder.TimeCreated), ("time_updated", static folder => folder.TimeUpdated) })
        {
            foreach (var (bound, sign) in new[] { (".min", 1), (".max", -1) })
            {
                if (query[name + bound].ToString() is not { Length: > 0 } text)
                {
                    continue;
                }

                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                {
                    return OzApiError.InvalidValue;
                }

                _filters.Add(folder => sign * (FolderDocuments.Seconds(time(folder)) - number * secondsPerUnit) >= 0);
            }
        }

        return null;
    }

    private OzApiError? AddPaging(IQueryCollection query)
    {
        if (!TryCount(query["offset"], 0, out var offset) || !TryCount(query["limit"], DefaultLimit, out var limit))
        {
            return OzApiError.InvalidValue;
        }

        (Offset, Limit) = (offset, limit);
        return null;
    }

    private OzApiError? AddSorting(string? sorting)
    {
        if (string.IsNullOrEmpty(sorting))
        {
            return null;
        }

        var match = Sorting().Match(sorting);
        if (!match.Success)
        {
            return OzApiError.InvalidValue;
        }

        SortKey = match.Groups["key"].Value == "time_created" ? static folder => folder.TimeCreated : static folder => folder.TimeUpdated;
        Descending = match.Groups["order"].Value == "desc";
        return null;
    }

    private static bool TryCount(string? text, int otherwise, out int count)
    {
        count = otherwise;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    [GeneratedRegex("^(?<key>[^=!]+)(?<operator>==|!=)(?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex MetadataFilter();

    // The document writes time_created{asc|desc}; which sign stands between is not known, so any of these is taken.
    [GeneratedRegex("^(?<key>time_created|time_updated)[ :{]?(?<order>asc|desc)}?$")]
    private static partial Regex Sorting();
}
