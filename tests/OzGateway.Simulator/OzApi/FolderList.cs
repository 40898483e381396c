using System.Text.Json.Nodes;
using OzGateway.Simulator.WebAdapter;

namespace OzGateway.Simulator.OzApi;

/// <summary>The folder list with its filters, its pages and its breakages.</summary>
internal static class FolderList
{
    public static Answer Answer(IQueryCollection parameters, IReadOnlyList<SimulatedFolder> folders, OzApiBreakage breakage)
    {
        var (query, error) = FolderQuery.Parse(parameters, FolderQueryOptions.Of(breakage));
        if (query is null)
        {
            return OzApiAnswer.Of(error!);
        }

        var matching = Broken(query.Select(folders), breakage);
        var limit = breakage == OzApiBreakage.SecondPage ? Math.Min(1, query.Limit) : query.Limit;
        var items = new JsonArray(
            [.. matching.Skip(query.Offset).Take(limit).Select(folder => FolderShape.Folder(folder, query.WithAnalyses, breakage))]);
        if (breakage == OzApiBreakage.BareArray)
        {
            return OzApiAnswer.Of(items);
        }

        var envelope = new JsonObject { ["items"] = items, ["limit"] = limit, ["offset"] = query.Offset };
        if (!query.OmitTotal)
        {
            envelope["total"] = matching.Count;
        }

        return OzApiAnswer.Of(envelope);
    }

    private static IReadOnlyList<SimulatedFolder> Broken(IReadOnlyList<SimulatedFolder> matching, OzApiBreakage breakage) => breakage switch
    {
        OzApiBreakage.NoFolder => [],
        OzApiBreakage.DuplicateFolder =>
            [.. matching.SelectMany(static folder => new[] { folder, folder with { FolderId = Guid.NewGuid().ToString() } })],
        OzApiBreakage.ForeignFolder => [Foreign(matching), .. matching],
        _ => matching,
    };

    private static SimulatedFolder Foreign(IReadOnlyList<SimulatedFolder> matching)
    {
        var foreign = SimulatedFolder.Of("somebody-elses-transaction");
        return matching.Count == 0 ? foreign : foreign with
        {
            MetaData = matching[0].MetaData.ToDictionary(static entry => entry.Key, static _ => "somebody-elses-transaction"),
            TimeCreated = matching[0].TimeCreated,
            TimeUpdated = matching[0].TimeUpdated,
        };
    }
}
