using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Configuration;
using OzGateway.Hosting;
using OzGateway.Simulator;

namespace OzGateway.Tests.Testing;

/// <summary>The program itself, with its own listeners on real ports, in front of a simulator.</summary>
internal sealed class GatewayRun : IAsyncDisposable
{
    private readonly Factory _factory;
    private readonly GatewayFile _file;

    private GatewayRun(SimulatorApplication simulator, GatewayFile file, Factory factory, string prefix)
    {
        (Simulator, _file, _factory) = (simulator, file, factory);
        factory.UseKestrel();
        factory.StartServer();
        var doors = factory.Services.GetRequiredService<Doors>();
        Public = new Uri(Address(doors.PortOf(Door.Public)), prefix.Length == 0 ? "/" : prefix + "/");
        Backend = Address(doors.PortOf(Door.Backend));
        Admin = Address(doors.PortOf(Door.Admin));
    }

    public SimulatorApplication Simulator { get; }

    private bool OwnsSimulator { get; init; }

    public Uri Public { get; }

    public Uri Backend { get; }

    public Uri Admin { get; }

    public FakeTimeProvider Time => _factory.Time;

    public LogRecorder Logs => _factory.Logs;

    public IServiceProvider Services => _factory.Services;

    public string AuditPath => _file.AuditPath;

    /// <summary>The audit trail, once so many lines of it hold a text: they are written by another thread, right after the decision.</summary>
    public async Task<string> AuditAsync(string text, int lines = 1)
    {
        string read;
        var look = 0;
        do
        {
            await Task.Delay(look == 0 ? 0 : 10);
            await using var file = new FileStream(AuditPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            read = await reader.ReadToEndAsync();
        }
        while (read.Split(text).Length <= lines && ++look < 500);

        return read;
    }

    /// <summary>A file of the settings, as it lies beside gateway.yaml.</summary>
    public string FileOf(string name) => _file.Beside(name);

    public static async Task<GatewayRun> StartAsync(
        Dialect? dialect = null, GatewaySettings? settings = null, SimulatorApplication? simulator = null, Action<IWebHostBuilder>? host = null)
    {
        var upstream = simulator ?? await SimulatorApplication.StartAsync(new SimulatorOptions { Dialect = dialect ?? Dialect.Default, Prefix = Dialects.PrefixOf(dialect) });
        var file = new GatewayFile(upstream, settings ?? new GatewaySettings());
        var read = new SnapshotReader().Read(file.Path, SecretMode.Run, revision: 1);
        Assert.True(read.Snapshot is not null, string.Join('\n', read.Errors) + "\n" + await File.ReadAllTextAsync(file.Path));
        return new GatewayRun(upstream, file, new Factory(file.Path, host), GatewayFile.PublicPrefix(upstream, settings ?? new GatewaySettings())) { OwnsSimulator = simulator is null };
    }

    /// <summary>Waits until every call has left the program: the last lines and counts of a call come after its answer.</summary>
    public async Task QuietAsync()
    {
        while (_factory.Calls.InFlight > 0)
        {
            await Task.Delay(5);
        }
    }

    /// <summary>A user's browser.</summary>
    public PluginClient Browser(string? user = The.User) => new(this, user);

    /// <summary>The customer's backend.</summary>
    public BackendClient BackendClient(string? key = The.BackendKey) => new(Backend, key);

    /// <summary>Lets time pass by steps until something is done.</summary>
    public async Task<T> PassUntilAsync<T>(Task<T> done, TimeSpan step)
    {
        await PassUntilAsync((Task)done, step);
        return await done;
    }

    /// <summary>Lets time pass by steps until something is done.</summary>
    public async Task PassUntilAsync(Task done, TimeSpan step)
    {
        while (await Task.WhenAny(done, Task.Delay(5)) != done)
        {
            Time.Advance(step);
        }

        await done;
    }

    /// <summary>Lets seconds pass until something was logged.</summary>
    public async Task PassUntilLoggedAsync(string happened)
    {
        while (Logs.Lines.All(line => line.Event != happened))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        _file.Dispose();
        if (OwnsSimulator)
        {
            await Simulator.DisposeAsync();
        }
    }

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}/");

    private sealed class Factory(string path, Action<IWebHostBuilder>? host) : WebApplicationFactory<GatewayApplication>
    {
        public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

        public LogRecorder Logs { get; } = new();

        public CallCounter Calls { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("config", path);
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(Time).AddSingleton<IStartupFilter>(Calls));
            builder.ConfigureLogging(logging =>
            {
                // The console would only be noise here; everything else stays as it ships.
                logging.Services.Remove(logging.Services.Single(service => service.ImplementationType == typeof(ConsoleLoggerProvider)));
                logging.AddProvider(Logs);
            });
            host?.Invoke(builder);
        }
    }
}
