using OzGateway.Simulator.OzApi;
using OzGateway.Simulator.Recording;
using OzGateway.Simulator.WebAdapter;

namespace OzGateway.Simulator.Hosting;

/// <summary>One simulator's parts, put together.</summary>
internal sealed class SimulatorParts
{
    private readonly ControlEndpoint _control;
    private readonly SimulatedOzApi _ozApi;
    private readonly SimulatedWebAdapter _webAdapter;

    public SimulatorParts(SimulatorOptions options)
    {
        Options = options;
        var tokens = new AccessTokens(options);
        var writer = new AnswerWriter(options.Time);
        Scenario = new CurrentScenario(options.Scenario, () => tokens.Issued);
        Received = new ReceivedRequests(options.KeptLimit);
        Folders = new FolderStore(options.Time, options.KeptLimit);
        var recorder = new RequestRecorder(Received);
        _control = new ControlEndpoint(options.Dialect, Scenario, Received, Folders);
        _ozApi = new SimulatedOzApi(
            Scenario, recorder, new OzApiAuthorization(options, Scenario, tokens), new OzApiFolders(Folders, Scenario), writer, options.Time);
        _webAdapter = new SimulatedWebAdapter(
            options.Dialect,
            Scenario,
            recorder,
            new AdapterChecks(Folders, options.Time),
            new AdapterSessions(options.KeptLimit, options.AcceptUnknownSessions),
            new StaticFiles(options.Dialect),
            writer);
    }

    public SimulatorOptions Options { get; }

    public CurrentScenario Scenario { get; }

    public ReceivedRequests Received { get; }

    public FolderStore Folders { get; }

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await FaceOf(context.Request.Path)(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away: closing the plugin's window does that, and it is no fault of ours.
            context.Abort();
        }
        catch (IOException)
        {
            context.Abort();
        }
    }

    private RequestDelegate FaceOf(PathString path) =>
        path.StartsWithSegments("/simulator") ? _control.HandleAsync
        : path.StartsWithSegments("/api") ? _ozApi.HandleAsync
        : MountedAsync;

    // What is not under the prefix keeps its path, which is then none of the adapter's.
    private Task MountedAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(Options.Prefix, StringComparison.Ordinal, out var rest))
        {
            (context.Request.PathBase, context.Request.Path) = (Options.Prefix, rest);
            return _webAdapter.HandleAsync(context);
        }

        context.Request.Path = "/outside-the-prefix";
        return _webAdapter.HandleAsync(context);
    }
}
