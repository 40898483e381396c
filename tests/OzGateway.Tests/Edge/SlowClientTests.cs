using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OzGateway.Simulator.Wire;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>Clients that are slow, or gone, hold nothing at the adapter.</summary>
public sealed class SlowClientTests
{
    private const string Script = "GET /plugin/a.css HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Upload = "POST /tm.php HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";

    [Fact]
    public async Task A_head_that_does_not_end_a_body_that_does_not_come_and_a_reader_that_does_not_read_are_cut()
    {
        const int Each = 4;
        await using var adapter = new CountingAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address, DoorLimits = "head_timeout: 2s, send_timeout: 2s" });
        using var refusals = new MetricRecorder(run, "ozgateway.edge.refusals");
        List<TcpClient> heads = [], bodies = [], readers = [];
        for (var client = 0; client < Each; client++)
        {
            heads.Add(await OpenAsync(run.Public, "GET /plugin/a.css HTTP/1.1\r\nHost:"));
            bodies.Add(await OpenAsync(run.Public, Upload));
            readers.Add(await OpenAsync(run.Public, Script));
        }

        // A reader and a body hold a call of the adapter each, until they are cut.
        await adapter.HeldAsync(2 * Each);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(run.Public, "nothing"))).StatusCode);
        await adapter.FreedAsync(2 * Each);
        foreach (var head in heads)
        {
            Assert.StartsWith("HTTP/1.1 408 ", await RestAsync(head), StringComparison.Ordinal);
        }

        foreach (var body in bodies)
        {
            Assert.DoesNotMatch("^HTTP/1.1 2", await RestAsync(body));
        }

        Assert.Equal(2 * Each, refusals.Tags("ozgateway.reason").Count(reason => reason == "server_timeout"));
        Assert.Equal(0, adapter.Whole);
        readers.Concat(heads).Concat(bodies).ToList().ForEach(client => client.Dispose());
    }

    [Theory]
    [InlineData("http1")]
    [InlineData("http2")]
    public async Task A_call_whose_answer_is_not_taken_ends_whatever_the_system_and_the_server_think_of_it(string protocol)
    {
        // Neither of these two can be it: both wait for a minute at least, on a clock that is not moved.
        var settings = new GatewaySettings { PublicDoor = $", protocols: [{protocol}]", DoorLimits = "send_timeout: 1m, download_rate: 1KiB", Timeouts = "silence: 10m" };
        await using var adapter = new CountingAdapter();
        await using var run = await GatewayRun.StartAsync(settings: settings with { Destinations = adapter.Address });
        await using IAsyncDisposable framed = protocol == "http2" ? await OpenFramedAsync(run.Public) : new MemoryStream();
        using var plain = protocol == "http1" ? await OpenAsync(run.Public, Script) : new TcpClient();
        await adapter.HeldAsync(1);

        var freed = adapter.FreedAsync(1);
        await run.PassUntilAsync(freed, TimeSpan.FromSeconds(1));

        await run.QuietAsync();
        Assert.Equal(0, adapter.Whole);
        Assert.Contains(run.Logs.Lines, line => line.Event == "ClientStalled");
        Assert.DoesNotContain(run.Logs.Lines, line => line.Event == "UpstreamFailed");
    }

    [Theory]
    [InlineData("GET /plugin/wait.css HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData(Script)]
    [InlineData(Upload)]
    public async Task Who_goes_away_frees_the_adapter(string bytes)
    {
        const int Clients = 20;
        await using var adapter = new CountingAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address });
        List<TcpClient> clients = [];
        for (var client = 0; client < Clients; client++)
        {
            clients.Add(await OpenAsync(run.Public, bytes));
        }

        await adapter.HeldAsync(Clients);
        clients.ForEach(client => client.Dispose());

        await adapter.FreedAsync(Clients);
        Assert.Equal(0, adapter.Whole);
    }

    [Fact]
    public async Task A_call_that_is_reset_frees_the_adapter_although_its_connection_stays()
    {
        await using var adapter = new CountingAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address, PublicDoor = ", protocols: [http2]" });
        await using var connection = await OpenFramedAsync(run.Public);
        await adapter.HeldAsync(1);

        await connection.SendAsync(new Http2Frame(Http2Frame.Reset, 0, 1, [0, 0, 0, 8]));

        await adapter.FreedAsync(1);
    }

    private static async Task<TcpClient> OpenAsync(Uri door, string bytes)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(door.Host, door.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes));
        return client;
    }

    private static async Task<Http2Connection> OpenFramedAsync(Uri door)
    {
        var connection = await Http2Connection.OpenAsync(door);
        await connection.SendAsync(new Http2Frame(
            Http2Frame.Headers, Http2Frame.EndHeaders | Http2Frame.EndStream, 1, Http2Frame.Block([(":method", "GET"), (":scheme", "http"), (":path", "/plugin/a.css"), (":authority", "x")])));
        return connection;
    }

    private static async Task<string> RestAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return ""; // cut off without a word
        }
    }

    /// <summary>An adapter that waits, or answers without an end, and counts the calls that hold it.</summary>
    private sealed class CountingAdapter : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

        private readonly SemaphoreSlim _held = new(0);
        private readonly SemaphoreSlim _freed = new(0);
        private readonly ConcurrentQueue<string> _ended = new();
        private readonly RawAdapter _adapter;

        public CountingAdapter() => _adapter = new RawAdapter(ServeAsync);

        public string Address => _adapter.Address;

        /// <summary>Calls that came whole and took their whole answer.</summary>
        public int Whole { get; private set; }

        public Task HeldAsync(int calls) => CountAsync(_held, calls, "held");

        public Task FreedAsync(int calls) => CountAsync(_freed, calls, "freed");

        public async ValueTask DisposeAsync()
        {
            await _adapter.DisposeAsync();
            _held.Dispose();
            _freed.Dispose();
        }

        private async Task CountAsync(SemaphoreSlim events, int calls, string what)
        {
            for (var call = 0; call < calls; call++)
            {
                Assert.True(await events.WaitAsync(Patience), $"{call} of {calls} {what}; ended: {string.Join(", ", _ended)}");
            }
        }

        private async Task ServeAsync(RawConnection connection)
        {
            var head = await connection.ReadHeadAsync();
            _held.Release();
            if (head!.StartsWith("GET /plugin/a.css", StringComparison.Ordinal))
            {
                await AnswerWithoutEndAsync(connection);
            }
            else
            {
                var body = await connection.ReadToEndAsync();
                Whole += body.Length >= 60_000 ? 1 : 0;
            }

            _ended.Enqueue($"{head.Split(' ')[0]} {(head.Contains("Via: 2", StringComparison.Ordinal) ? "http2" : "http1")}");
            _freed.Release();
        }

        private static async Task AnswerWithoutEndAsync(RawConnection connection)
        {
            var block = new string('a', 64 * 1024);
            try
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 10000000000\r\n\r\n");
                while (true)
                {
                    await connection.WriteAsync(block);
                }
            }
            catch (IOException)
            {
                // Broken off, which is what is counted.
            }
        }
    }
}
