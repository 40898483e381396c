namespace OzGateway.Simulator.WebAdapter;

/// <summary>What a request is, as far as its head tells. A poll on the path of submissions is told by its body later.</summary>
internal static class Routes
{
    public static RequestKind KindOf(Dialect dialect, HttpRequest request)
    {
        var (paths, path) = (dialect.Paths, request.Path.Value ?? "");
        var get = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var post = HttpMethods.IsPost(request.Method);
        if (HttpMethods.IsOptions(request.Method))
        {
            return RequestKind.Preflight;
        }

        if (path.EndsWith("/debug.php", StringComparison.Ordinal) || path.Contains("/core/", StringComparison.Ordinal) || path.Contains("/logs/", StringComparison.Ordinal))
        {
            return RequestKind.Secret;
        }

        return path switch
        {
            _ when path == paths.Submit && post => RequestKind.Submission,
            _ when path == paths.Poll && request.Method == dialect.PollMethod => RequestKind.Poll,
            _ when path == paths.Init && post => RequestKind.Init,
            _ when path == paths.Config && get => RequestKind.Config,
            _ when path == paths.Script && get => RequestKind.Script,
            _ when paths.Telemetry.Contains(path) && post => RequestKind.Telemetry,
            _ when get && paths.AssetFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) => RequestKind.Asset,
            _ => RequestKind.Unknown,
        };
    }
}
