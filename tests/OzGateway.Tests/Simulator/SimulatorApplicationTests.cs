using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class SimulatorApplicationTests
{
    [Fact]
    public async Task It_listens_on_loopback_at_a_port_of_its_own()
    {
        await using var one = await SimulatorApplication.StartAsync();
        await using var other = await SimulatorApplication.StartAsync();

        Assert.Equal("127.0.0.1", one.Address.Host);
        Assert.NotEqual(one.Address.Port, other.Address.Port);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error()
    {
        await using var one = await SimulatorApplication.StartAsync();

        await Assert.ThrowsAsync<IOException>(() => SimulatorApplication.StartAsync(new SimulatorOptions { Port = one.Address.Port }));
    }

    [Fact]
    public async Task It_stops_although_a_client_still_waits()
    {
        var run = await SimulatorRun.StartAsync(Scenario.Hanging);
        var session = await run.InitAsync();
        var waiting = run.PollAsync(session);
        while (run.Simulator.Received.Polls.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        await run.Simulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting);
    }

    [Fact]
    public async Task It_forgets_the_oldest_beyond_its_limit()
    {
        await using var simulator = await SimulatorApplication.StartAsync(new SimulatorOptions { KeptLimit = 2 });
        using var client = new HttpClient { BaseAddress = simulator.Address };
        foreach (var path in new[] { "/one", "/two", "/three" })
        {
            using var answer = await client.GetAsync(path);
            simulator.AddFolder(SimulatedFolder.Of(path));
        }

        Assert.Equal(["/two", "/three"], simulator.Received.All.Select(static request => request.Path));
        Assert.Equal(["/two", "/three"], simulator.Folders.Select(static folder => folder.MetaData["transaction_id"]));
    }

    [Theory]
    [InlineData("--port", "many")]
    [InlineData("--dialect", "unheard-of")]
    [InlineData("--colour", "red")]
    public async Task The_program_refuses_arguments_it_does_not_understand(params string[] arguments)
    {
        var main = typeof(SimulatorApplication).Assembly.EntryPoint!;

        // The compiler's entry point waits for the asynchronous program and returns its exit code.
        Assert.Equal(2, await Task.Run(() => (int)main.Invoke(null, [arguments])!));
    }
}
