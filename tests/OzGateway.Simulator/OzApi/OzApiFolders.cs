using System.Text.Json;
using System.Text.Json.Nodes;
using OzGateway.Simulator.Hosting;
using OzGateway.Simulator.Recording;
using OzGateway.Simulator.WebAdapter;

namespace OzGateway.Simulator.OzApi;

/// <summary>Folders and analyses.</summary>
internal sealed class OzApiFolders(FolderStore store, CurrentScenario scenario)
{
    private const string Folders = "/api/folders";
    private const string Analyses = "/api/analyses/";

    public Answer Answer(HttpRequest request, string path, ReadBody body, OzApiBreakage breakage)
    {
        if (path == Folders)
        {
            return request.Method switch
            {
                "GET" => FolderList.Answer(request.Query, store.All, breakage),
                "POST" => Create(request, body),
                _ => OzApiAnswer.Of(OzApiError.NotAllowed),
            };
        }

        if (path.StartsWith(Analyses, StringComparison.Ordinal))
        {
            return request.Method == "GET" ? OneAnalysis(path[Analyses.Length..], breakage) : OzApiAnswer.Of(OzApiError.NotAllowed);
        }

        var steps = path.StartsWith(Folders + "/", StringComparison.Ordinal) ? path[(Folders.Length + 1)..].Split('/') : [];
        return (request.Method, steps) switch
        {
            ("GET", [var id]) => WithFolder(id, breakage, folder => FolderShape.Folder(folder, FolderQuery.IsTrue(request.Query["with_analyses"]), breakage)),
            ("GET", [var id, "analyses"]) => WithFolder(id, breakage, folder => FolderShape.Analyses(folder, Wanted(folder, request.Query), breakage)),
            ("PATCH", [var id, "meta_data"]) => Patch(id, body, breakage),
            (_, [_] or [_, "analyses"] or [_, "meta_data"]) => OzApiAnswer.Of(OzApiError.NotAllowed),
            _ => OzApiAnswer.Of(OzApiError.NotExist),
        };
    }

    private Answer WithFolder(string id, OzApiBreakage breakage, Func<SimulatedFolder, JsonNode> write) =>
        breakage != OzApiBreakage.NoFolder && store.Find(id) is { } folder ? OzApiAnswer.Of(write(folder)) : OzApiAnswer.Of(OzApiError.NotExist);

    private Answer OneAnalysis(string id, OzApiBreakage breakage)
    {
        var found = store.All
            .SelectMany(static folder => folder.Analyses.Select(analysis => (folder, analysis)))
            .FirstOrDefault(pair => pair.analysis.AnalysisId == id);
        return found.folder is null || breakage is OzApiBreakage.NoFolder or OzApiBreakage.NoAnalyses
            ? OzApiAnswer.Of(OzApiError.NotExist)
            : OzApiAnswer.Of(FolderShape.Analyses(found.folder, [found.analysis], breakage)[0]!.DeepClone());
    }

    private static IEnumerable<SimulatedAnalysis> Wanted(SimulatedFolder folder, IQueryCollection query)
    {
        var types = query["type"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var state = query["state"].ToString();
        return folder.Analyses.Where(analysis =>
            (types.Length == 0 || types.Contains(analysis.Type)) && (state.Length == 0 || analysis.State == state));
    }

    private Answer Patch(string id, ReadBody body, OzApiBreakage breakage)
    {
        if (breakage == OzApiBreakage.PatchForbidden)
        {
            return OzApiAnswer.Of(OzApiError.Forbidden);
        }

        if (FlatObject(body) is not { } changes)
        {
            return OzApiAnswer.Of(OzApiError.InvalidStructure);
        }

        var changed = breakage == OzApiBreakage.NoFolder ? null : store.Change(id, folder =>
        {
            var metadata = new Dictionary<string, string>(folder.MetaData);
            foreach (var (key, value) in changes)
            {
                metadata[key] = value;
            }

            return folder with { MetaData = metadata };
        });
        return changed is null ? OzApiAnswer.Of(OzApiError.NotExist) : OzApiAnswer.Of(FolderDocuments.Folder(changed, withAnalyses: false));
    }

    /// <summary>Takes a container, as a backend sends it that captured by itself.</summary>
    private Answer Create(HttpRequest request, ReadBody body)
    {
        if (body.Length == 0 || body.Parts.Count == 0)
        {
            return OzApiAnswer.Of(OzApiError.ContainerDamaged);
        }

        var folder = store.Put(new SimulatedFolder
        {
            Media = [.. body.Parts.Where(static part => part.Name != "payload").Select(static part =>
                new SimulatedMedia { OriginalName = part.FileName ?? "container.bin", Length = part.Length, Sha256 = part.Sha256 })],
        });
        var now = scenario.Value;
        if (now.PollsUntilFinished < int.MaxValue)
        {
            folder = store.Finish(folder.FolderId, now.Verdict) ?? folder;
        }

        return OzApiAnswer.Of(FolderDocuments.Folder(folder, FolderQuery.IsTrue(request.Query["with_analyses"])))
            with
        { Status = StatusCodes.Status201Created };
    }

    private static Dictionary<string, string>? FlatObject(ReadBody body)
    {
        try
        {
            var json = JsonElement.Parse(body.Whole.Span);
            return json.ValueKind == JsonValueKind.Object
                && json.EnumerateObject().All(static member => member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                    ? json.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value.ToString())
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
