using OzGateway.Simulator.Wire;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>Calls over HTTP/2, by the frame.</summary>
public sealed class Http2EdgeTests
{
    private static readonly Authority Issuer = Authority.Root();
    private static readonly GatewaySettings PriorKnowledge = new() { PublicDoor = ", protocols: [http2]" };

    [Theory]
    [InlineData("x", "y")]
    [InlineData("x", "x, y")]
    [InlineData("x", "x y")]
    [InlineData("x", "")]
    public async Task The_authority_is_the_host_whatever_a_Host_beside_it_says(string authority, string host)
    {
        await using var adapter = new WireAdapter();
        await using var run = await GatewayRun.StartAsync(settings: PriorKnowledge with { Destinations = $"\"{adapter.Address}\"", Upstream = "    host: public" });

        var answer = await CallAsync(run.Public, (":authority", authority), ("host", host));

        Assert.Equal(200, answer.Status);
        var request = Assert.Single(adapter.Received);
        Assert.Equal([authority], request.Values("Host"));
        Assert.Equal([authority], request.Values("X-Forwarded-Host"));
    }

    [Theory]
    [InlineData("pages.example", "other.example", 200)]
    [InlineData("other.example", "pages.example", 421)]
    [InlineData("pages.example:443", null, 200)]
    [InlineData(null, "pages.example", 200)]
    [InlineData(null, null, 400)]
    public async Task Only_an_authority_that_is_listed_is_served(string? authority, string? host, int status)
    {
        await using var run = await GatewayRun.StartAsync(settings: PriorKnowledge with { PublicDoor = PriorKnowledge.PublicDoor + ", hosts: [pages.example]" });

        var answer = await CallAsync(run.Public, authority is null ? null : (":authority", authority), host is null ? null : ("host", host));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, run.Simulator.Received.All.Count);
    }

    [Fact]
    public async Task Over_TLS_what_is_in_doubt_does_not_arrive_either()
    {
        await using var adapter = new WireAdapter();
        var leaf = Issuer.Server(TimeProvider.System.GetUtcNow().AddDays(-1));
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Destinations = $"\"{adapter.Address}\"",
            PublicDoor = ", tls: { certificate: { from_file: tls.crt }, key: { from_file: tls.key } }",
            Files = Pem.Files(leaf),
        });
        var oracle = new WireOracle(new Uri($"https://localhost:{run.Public.Port}"), adapter) { Authority = Issuer.Certificate };

        for (var number = 0; number < Http2Variant.FaultCount + 20; number++)
        {
            await oracle.TryHttp2Async(number);
        }

        Assert.True(oracle.Disagreements.Count == 0, string.Join("\n", oracle.Disagreements));
        Assert.True(oracle is { Served: > 3, Refused: > 100 }, $"{oracle.Served} {oracle.Refused}");
    }

    [Fact]
    public async Task Who_opens_calls_only_to_reset_them_is_cut()
    {
        await using var run = await GatewayRun.StartAsync(settings: PriorKnowledge);

        var answer = await FloodAsync(run.Public, number => [Head(2 * number + 1), new(Http2Frame.Reset, 0, 2 * number + 1, [0, 0, 0, 8])], rounds: 20_000);

        Assert.True(answer is { IsConnectionOver: true }, answer.ToString());
        Assert.Equal(200, (await CallAsync(run.Public, (":authority", "x"), null)).Status);
    }

    [Fact]
    public async Task A_head_without_an_end_is_cut()
    {
        await using var run = await GatewayRun.StartAsync(settings: PriorKnowledge);
        var start = Head(1);
        var field = new Http2Frame(Http2Frame.Continuation, 0, 1, Http2Frame.Block([("x-a", new string('b', 8000))]));

        var answer = await FloodAsync(run.Public, number => number == 0 ? [start with { Flags = 0 }] : [field], rounds: 1000);

        Assert.True(answer is { Status: 0, IsConnectionOver: true }, answer.ToString());
        Assert.Empty(run.Simulator.Received.All);
        Assert.Equal(200, (await CallAsync(run.Public, (":authority", "x"), null)).Status);
    }

    [Theory]
    [InlineData(Http2Frame.Ping, 8)]
    [InlineData(Http2Frame.Settings, 0)]
    public async Task Beside_one_who_only_asks_and_never_reads_others_are_served(byte type, int bytes)
    {
        await using var run = await GatewayRun.StartAsync(settings: PriorKnowledge);
        await using var asking = await Http2Connection.OpenAsync(run.Public);
        var flood = asking.SendAsync([.. Enumerable.Repeat(new Http2Frame(type, 0, 0, new byte[bytes]), 200_000)]);

        for (var call = 0; call < 20; call++)
        {
            Assert.Equal(200, (await CallAsync(run.Public, (":authority", "x"), null)).Status);
        }

        await asking.DisposeAsync();
        await Task.WhenAny(flood); // taken, cut, or waiting until now
    }

    private static Http2Frame Head(int stream, params (string Name, string Value)?[] further) => new(
        Http2Frame.Headers, Http2Frame.EndHeaders | Http2Frame.EndStream, stream,
        Http2Frame.Block([(":method", "GET"), (":scheme", "http"), (":path", "/plugin_liveness.php"), .. further.OfType<(string, string)>()]));

    private static async Task<Http2Answer> CallAsync(Uri door, params (string Name, string Value)?[] further)
    {
        await using var connection = await Http2Connection.OpenAsync(door);
        await connection.SendAsync(Head(1, further));
        return await connection.AnswerAsync(stream: 1);
    }

    private static async Task<Http2Answer> FloodAsync(Uri door, Func<int, Http2Frame[]> frames, int rounds)
    {
        await using var connection = await Http2Connection.OpenAsync(door);
        var answer = connection.AnswerAsync(stream: 0);
        try
        {
            for (var round = 0; round < rounds && !answer.IsCompleted; round++)
            {
                await connection.SendAsync(frames(round));
            }
        }
        catch (IOException)
        {
            // Cut off while sending.
        }

        return await answer;
    }
}
