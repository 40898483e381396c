using System.Security.Cryptography;
using OzGateway.Configuration;
using OzGateway.Hosting;
using OzGateway.Simulator;

namespace OzGateway.Demo;

/// <summary>Simulator and gateway in one process, from the repository's own gateway.yaml, with secrets made for this run.</summary>
internal sealed class DemoHouse : IAsyncDisposable
{
    private const int SimulatorPort = 8090;

    private readonly WebApplication _gateway;

    private DemoHouse(SimulatorApplication simulator, WebApplication gateway, DemoSecrets secrets)
    {
        (Simulator, _gateway, Secrets) = (simulator, gateway, secrets);
        var doors = gateway.Services.GetRequiredService<Doors>();
        Public = Address(doors.PortOf(Door.Public));
        Backend = Address(doors.PortOf(Door.Backend));
        Admin = Address(doors.PortOf(Door.Admin));
    }

    /// <summary>Who can sign in.</summary>
    public static IReadOnlyList<string> Users { get; } = ["alice", "bob"];

    public SimulatorApplication Simulator { get; }

    public DemoSecrets Secrets { get; }

    public Uri Public { get; }

    public Uri Backend { get; }

    public Uri Admin { get; }

    /// <summary>Starts both.</summary>
    /// <exception cref="DemoException">A port is taken, or the configuration is refused.</exception>
    public static async Task<DemoHouse> StartAsync(DemoOptions options)
    {
        var secrets = new DemoSecrets();
        var simulator = await OpenAsync("the simulator", () => SimulatorApplication.StartAsync(new SimulatorOptions
        {
            Port = options.AnyPorts ? 0 : SimulatorPort,
            OzApiToken = secrets.OzToken,
            Scenario = Scenario.Success,
        }));
        var gateway = GatewayApplication.Create(ReadSnapshot(options, simulator, secrets), builder => builder.Logging.ClearProviders());
        await OpenAsync("the gateway", async () =>
        {
            await gateway.StartAsync();
            return gateway;
        });
        return new DemoHouse(simulator, gateway, secrets);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private static GatewaySnapshot ReadSnapshot(DemoOptions options, SimulatorApplication simulator, DemoSecrets secrets)
    {
        var path = options.Config ?? FindConfig();
        if (!File.Exists(path))
        {
            throw new DemoException($"There is no configuration at {path}.");
        }

        var text = File.ReadAllText(path);
        if (options.AnyPorts)
        {
            text = text.Replace($"127.0.0.1:{SimulatorPort}", $"127.0.0.1:{simulator.Address.Port}", StringComparison.Ordinal);
            text = ((string[])["8080", "8081", "9090"]).Aggregate(text, (all, port) => all.Replace($"127.0.0.1:{port}", "127.0.0.1:0", StringComparison.Ordinal));
        }

        var read = new SnapshotReader(secrets.Variable).Read(ConfigurationText.Of(text, Path.GetFileName(path)), SecretMode.Run, revision: 1);
        var snapshot = read.Snapshot ?? throw new DemoException(string.Join(Environment.NewLine, read.Errors));
        // The terminal belongs to the demo: the audit trail goes to a file of this run.
        var audit = Path.Combine(Path.GetTempPath(), $"ozgateway-demo-audit-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.jsonl");
        return snapshot with { Hosting = snapshot.Hosting with { AuditFile = snapshot.Hosting.AuditFile ?? audit } };
    }

    private static string FindConfig()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "config", "gateway.yaml");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return Path.Combine("config", "gateway.yaml");
    }

    private static async Task<T> OpenAsync<T>(string who, Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (IOException taken)
        {
            throw new DemoException($"Cannot start {who}: {taken.Message} Stop what holds the port, or choose free ones with '--ports 0'.");
        }
    }

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}/");
}
