using OzGateway.Simulator;

namespace OzGateway.Tests.Testing;

/// <summary>What an operator writes for a dialect: all a gateway knows of it.</summary>
internal static class DialectYaml
{
    /// <summary>The routes section, as JSON-flavoured YAML lines.</summary>
    public static string Routes(Dialect dialect, string? further = null)
    {
        var paths = dialect.Paths;
        var check = paths.Poll == paths.Submit
            ? $"""
                - id: check
                  role: exchange
                  match: {"{"} paths: ["{paths.Submit}"], methods: [POST, GET] {"}"}
                  upstream: web_adapter
                  capacity: polls
                  transaction: {"{"} metadata: [{Targets(dialect)}] {"}"}
              """
            : $"""
                - id: submit
                  role: submission
                  match: {"{"} paths: ["{paths.Submit}"], methods: [POST] {"}"}
                  upstream: web_adapter
                  transaction: {"{"} metadata: [{Targets(dialect)}] {"}"}
                - id: poll
                  role: result
                  match: {"{"} paths: ["{paths.Poll}"], methods: [POST, GET] {"}"}
                  upstream: web_adapter
                  capacity: polls
              """;
        return $"""
            routes:
              - id: script
                role: static
                match: {"{"} paths: ["{paths.Script}"], methods: [GET, HEAD] {"}"}
                upstream: web_adapter
              - id: assets
                role: static
                match: {"{"} paths: [{string.Join(", ", paths.AssetFolders.Select(folder => $"\"{folder}{{**file}}\""))}], methods: [GET, HEAD] {"}"}
                upstream: web_adapter
              - id: session
                role: session
                match: {"{"} paths: ["{paths.Config}", "{paths.Init}"], methods: [GET, POST] {"}"}
                upstream: web_adapter
              - id: telemetry
                role: telemetry
                match: {"{"} paths: [{string.Join(", ", paths.Telemetry.Select(path => $"\"{path}\""))}], methods: [POST] {"}"}
                upstream: web_adapter
            {check}
            {further}
            """;
    }

    /// <summary>The session keys of the upstream.</summary>
    public static string Session(Dialect dialect) => dialect.SessionCarrier switch
    {
        SessionCarrier.Cookie => $"session: {{ cookies: [\"{dialect.SessionName}\"] }}",
        SessionCarrier.Header => $"session: {{ headers: [\"{dialect.SessionName}\"] }}",
        _ => "session: { cookies: [] }",
    };

    /// <summary>The projection keys.</summary>
    public static string Projection(Dialect dialect) =>
        $"wrappers: [\"{Wrapper(dialect)}\"], state_member: \"{dialect.StateMember}\", processing: [\"{dialect.ProcessingWord}\"], "
        + $"finished: [\"{dialect.FinishedWord}\", success, declined, failed, operator_required]";

    private static string Wrapper(Dialect dialect) => dialect.Wrapper switch
    {
        ResultWrapper.None => "$",
        ResultWrapper.Array => "$[*]",
        ResultWrapper.ArrayInMember => $"$.{dialect.WrapperMember}[*]",
        _ => $"$.{dialect.WrapperMember}",
    };

    private static string Targets(Dialect dialect)
    {
        var targets = new List<string> { $"{{ json: \"{dialect.JsonMetadata.JsonPath}\" }}" };
        targets.Add(Entry("part", dialect.MultipartMetadata));
        targets.Add(Entry("field", dialect.FormMetadata));
        return string.Join(", ", targets);
    }

    private static string Entry(string kind, MetadataPlace place) =>
        place.Form is MetadataForm.EntryPerKey ? $"{{ {kind}: \"{place.EntryName("{key}")}\" }}"
        : place.Path.Count == 0 ? $"{{ {kind}: \"{place.Name}\" }}"
        : $"{{ {kind}: \"{place.Name}\", json: \"{place.JsonPath}\" }}";
}
