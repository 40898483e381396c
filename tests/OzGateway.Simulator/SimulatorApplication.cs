using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using OzGateway.Simulator.Hosting;

namespace OzGateway.Simulator;

/// <summary>A Web Adapter and an Oz API that one can command, on one port of a real server.</summary>
public sealed class SimulatorApplication : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SimulatorParts _parts;

    private SimulatorApplication(WebApplication application, SimulatorParts parts)
    {
        (_application, _parts) = (application, parts);
        var addresses = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Address = new Uri(addresses.Single());
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Where the Web Adapter is: under its prefix.</summary>
    public Uri AdapterAddress => new(Address, Options.Prefix.Length == 0 ? "/" : Options.Prefix + "/");

    /// <summary>The behaviour in force; settable at any time, for requests that begin later.</summary>
    public Scenario Scenario
    {
        get => _parts.Scenario.Value;
        set => _parts.Scenario.Value = value;
    }

    /// <summary>How the Web Adapter spells its protocol.</summary>
    public Dialect Dialect => _parts.Options.Dialect;

    /// <summary>The options it was started with; among them the token and the account Oz API accepts.</summary>
    public SimulatorOptions Options => _parts.Options;

    /// <summary>Everything received, in order.</summary>
    public ReceivedRequests Received => _parts.Received;

    /// <summary>What Oz API holds, oldest first.</summary>
    public IReadOnlyList<SimulatedFolder> Folders => _parts.Folders.All;

    /// <summary>Starts a simulator; it answers when this returns.</summary>
    /// <param name="options">How; null = all defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<SimulatorApplication> StartAsync(SimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var parts = new SimulatorParts(options ?? new SimulatorOptions());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "OzGateway.Simulator" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 1L << 30;
            server.Limits.MinRequestBodyDataRate = null;
            server.Limits.MinResponseDataRate = null;
            server.Listen(parts.Options.Host, parts.Options.Port);
        });
        var application = builder.Build();
        application.Run(parts.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The port is taken.
            await application.DisposeAsync();
            throw;
        }

        return new SimulatorApplication(application, parts);
    }

    /// <summary>Plants a folder in Oz API, or replaces the one with its id.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The folder as it is held, with its times.</returns>
    public SimulatedFolder AddFolder(SimulatedFolder folder) => _parts.Folders.Put(folder);

    /// <summary>Ends a running check as if its analyses had just finished, without a poll; a check that has ended stays as it is.</summary>
    /// <param name="folderId">The folder.</param>
    /// <param name="verdict">How it ends.</param>
    /// <returns>The folder afterwards, or null if there is none of that id.</returns>
    public SimulatedFolder? FinishFolder(string folderId, Verdict verdict) => _parts.Folders.Finish(folderId, verdict);

    /// <summary>Forgets all folders; checks that run answer as if nothing was submitted.</summary>
    public void ClearFolders() => _parts.Folders.Clear();

    /// <summary>Completes when the program is asked to stop.</summary>
    /// <param name="cancellationToken">Asks it to stop.</param>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops; connections that are still open are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
