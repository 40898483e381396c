using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Identity;
using OzGateway.OzApi;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.OzApi;

/// <summary>The client as the program registers it, with an account at a simulated Oz API.</summary>
internal sealed class OzAccount : IAsyncDisposable
{
    public const string Id = "oz1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly ServiceProvider _services;

    private OzAccount(SimulatorApplication simulator, OzApiPolicy policy, FakeTimeProvider? clock)
    {
        Simulator = simulator;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Time);
        services.AddOzApi(policy, clock);
        _services = services.BuildServiceProvider();
        Client = _services.GetRequiredService<OzApiClient>();
    }

    public SimulatorApplication Simulator { get; }

    public OzApiClient Client { get; }

    public LogRecorder Logs { get; } = new();

    /// <summary>The clock of tokens.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public IReadOnlyList<ReceivedRequest> Reads => [.. Simulator.Received.OzApiCalls.Where(call => call.Path.StartsWith("/api/folders", StringComparison.Ordinal))];

    public IReadOnlyList<ReceivedRequest> Refreshes => [.. Simulator.Received.OzApiCalls.Where(call => call.Path.StartsWith("/api/authorize/refresh", StringComparison.Ordinal))];

    public IReadOnlyList<ReceivedRequest> Logins => [.. Simulator.Received.OzApiCalls.Where(call => call.Path.StartsWith("/api/authorize/auth", StringComparison.Ordinal))];

    public static async Task<OzAccount> OpenAsync(OzApiBreakage breakage = OzApiBreakage.None, Func<OzApiPolicy, OzApiPolicy>? change = null, FakeTimeProvider? clock = null)
    {
        var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { Scenario = Scenario.Success with { OzApiBreakage = breakage } });
        var policy = new OzApiPolicy
        {
            Address = simulator.Address,
            Token = new Secret(System.Text.Encoding.ASCII.GetBytes(simulator.Options.OzApiToken)),
            TimeUnit = OzTimeUnit.Seconds,
            ClockSkew = TimeSpan.FromMinutes(5),
            Timeout = TimeSpan.FromSeconds(15),
            TransactionKey = "transaction_id",
        };
        return new OzAccount(simulator, change?.Invoke(policy) ?? policy, clock);
    }

    /// <summary>An account that logs in instead of holding a token.</summary>
    public static Task<OzAccount> LogInAsync(OzApiBreakage breakage = OzApiBreakage.None, string password = "simulated-password") =>
        OpenAsync(breakage, policy => policy with { Token = null, Email = "gateway@example.test", Password = new Secret(System.Text.Encoding.ASCII.GetBytes(password)) });

    public Task<IReadOnlyList<OzFolder>> FindAsync(string id = Id) => Client.FindFoldersAsync(id, DateTimeOffset.UtcNow, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
