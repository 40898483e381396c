using System.Net;
using System.Net.Sockets;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Forwarding;

/// <summary>Each time of a call, on the clock of the story: 504 before the answer began, a cut connection after.</summary>
public sealed class UpstreamTimeTests
{
    private const string FileHead = "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 1000\r\n\r\n";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_adapter_that_does_not_begin_its_answer_is_given_up(bool submission)
    {
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.ReadToEndAsync();
        });
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address });
        using var browser = run.Browser();

        var answer = await AdvanceUntilAsync(run, submission ? browser.SubmitAsync() : browser.PollAsync());

        AssertTimeout(run, answer, "first_byte");
    }

    [Fact]
    public async Task A_dripping_answer_ends_with_the_whole_time()
    {
        using var drops = new SemaphoreSlim(0);
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
            while (true)
            {
                await drops.WaitAsync(connection.Over);
                await connection.WriteAsync(" ");
            }
        });
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address });
        using var browser = run.Browser();

        var answer = await AdvanceUntilAsync(run, browser.PollAsync(), () => drops.Release());

        AssertTimeout(run, answer, "total");
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_is_given_up()
    {
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
            await connection.ReadToEndAsync();
        });
        await using var run = await GatewayRun.StartAsync(settings: Silent(adapter));
        using var browser = run.Browser();

        var answer = await AdvanceUntilAsync(run, browser.PollAsync());

        AssertTimeout(run, answer, "silence");
    }

    [Fact]
    public async Task An_adapter_that_stops_taking_an_upload_is_given_up()
    {
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadHeadAsync();
            await Task.Delay(Timeout.Infinite, connection.Over);
        });
        await using var run = await GatewayRun.StartAsync(settings: Silent(adapter));
        using var browser = run.Browser();

        var answer = await AdvanceUntilAsync(run, browser.SubmitAsync(mediaBytes: 32 << 20));

        AssertTimeout(run, answer, "silence");
    }

    [Fact]
    public async Task A_file_that_has_begun_and_stops_is_cut_off()
    {
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(FileHead + "body {");
            await connection.ReadToEndAsync();
        });
        await using var run = await GatewayRun.StartAsync(settings: Silent(adapter));
        using var browser = run.Browser();

        await Assert.ThrowsAsync<HttpRequestException>(() => AdvanceUntilAsync(run, browser.GetAsync("plugin/liveness.css")));
    }

    [Fact]
    public async Task A_file_that_drips_for_long_arrives_whole()
    {
        using var drops = new SemaphoreSlim(0);
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 40\r\n\r\n");
            for (var drop = 0; drop < 40; drop++)
            {
                await drops.WaitAsync(connection.Over);
                await connection.WriteAsync("x");
            }
        });
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address });
        using var browser = run.Browser();

        var answer = await AdvanceUntilAsync(run, browser.GetAsync("plugin/liveness.css"), () => drops.Release());

        Assert.Equal(new string('x', 40), answer.Text);
    }

    [Fact]
    public async Task An_adapter_that_takes_no_connection_is_given_up()
    {
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(backlog: 0);
        var port = ((IPEndPoint)deaf.LocalEndPoint!).Port;
        using var queued = new TcpClient();
        await queued.ConnectAsync(IPAddress.Loopback, port); // the queue is full: nobody accepts
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"http://127.0.0.1:{port}\"", Timeouts = "connect: 100ms" });
        using var browser = run.Browser();

        var answer = await browser.GetAsync("config.php");

        AssertTimeout(run, answer, "request_timed_out");
    }

    private static GatewaySettings Silent(RawAdapter adapter) => new() { Destinations = adapter.Address, Timeouts = "silence: 5s" };

    private static void AssertTimeout(GatewayRun run, Answer answer, string reason)
    {
        Assert.Equal((HttpStatusCode.GatewayTimeout, "upstream_timeout"), (answer.Status, answer.Code));
        Assert.Contains($"failed with {reason};", Assert.Single(run.Logs.Lines, line => line.Event == "UpstreamFailed").Text, StringComparison.Ordinal);
    }

    private static async Task<Answer> AdvanceUntilAsync(GatewayRun run, Task<Answer> waiting, Action? each = null)
    {
        while (!waiting.IsCompleted)
        {
            each?.Invoke();
            run.Time.Advance(Second);
            await Task.WhenAny(waiting, Task.Delay(10));
        }

        return await waiting;
    }
}
