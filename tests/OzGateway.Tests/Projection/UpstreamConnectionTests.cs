using System.Text;

namespace OzGateway.Tests.Projection;

/// <summary>What an answer leaves behind on its connection is nobody's answer.</summary>
public sealed class UpstreamConnectionTests(FailClosedRun run) : IClassFixture<FailClosedRun>
{
    private static readonly byte[] Finished = FailClosedCells.Http(Coded.Utf8("""{"state":"finished"}"""));
    private static readonly byte[] Processing = FailClosedCells.Http(Coded.Utf8("""{"state":"processing"}"""));

    public static TheoryData<string, byte[]> Surplus => new()
    {
        { "bytes", Coded.Utf8("QUOKKA") },
        { "a line break", "\r\n"u8.ToArray() },
        { "another answer", Finished },
        { "an interim answer", Coded.Utf8("HTTP/1.1 100 Continue\r\n\r\n") },
    };

    [Theory]
    [MemberData(nameof(Surplus))]
    public async Task A_connection_with_bytes_behind_the_answer_is_not_used_again(string what, byte[] surplus)
    {
        var before = run.Upstream.Connections;

        await run.PollAsync(new RawAnswer([.. Processing, .. surplus]));
        var second = await run.PollAsync(new RawAnswer(Processing));

        Assert.EndsWith("""{"state":"processing"}""", Encoding.Latin1.GetString(second), StringComparison.Ordinal);
        Assert.True(run.Upstream.Connections > before, what);
    }

    [Fact]
    public async Task A_connection_without_is()
    {
        await run.PollAsync(new RawAnswer(Processing));
        var before = run.Upstream.Connections;

        await run.PollAsync(new RawAnswer(Finished));

        Assert.Equal(before, run.Upstream.Connections);
    }

    [Fact]
    public async Task An_endless_answer_is_dropped_at_the_cap_and_what_lies_in_buffers()
    {
        var answer = new RawAnswer(Coded.Utf8("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")) { Endless = [.. "4000\r\n"u8, .. new byte[0x4000].Select(_ => (byte)' '), .. "\r\n"u8] };

        var received = await run.PollAsync(answer);

        Assert.StartsWith("HTTP/1.1 502", Encoding.Latin1.GetString(received), StringComparison.Ordinal);
        Assert.InRange(answer.Written, 4 << 20, 64 << 20);
    }

    [Fact]
    public async Task An_unasked_101_for_a_file_makes_no_tunnel()
    {
        var received = Encoding.Latin1.GetString(await run.PollAsync(
            new RawAnswer(Coded.Utf8("HTTP/1.1 101 QUOKKA\r\nConnection: Upgrade\r\nUpgrade: QUOKKA\r\n\r\nWALLABY"), Closes: true), target: "/plugin/app.js", method: "GET"));

        Assert.StartsWith("HTTP/1.1 502", received, StringComparison.Ordinal);
        Assert.Empty(Planted.FoundIn(Encoding.Latin1.GetBytes(received)));
    }

    [Theory]
    [InlineData("Range: bytes=0-3\r\n")]
    [InlineData("If-Range: \"x\"\r\nRange: bytes=0-3\r\n")]
    [InlineData("If-None-Match: \"POTOROO\"\r\n")]
    [InlineData("If-Modified-Since: Tue, 24 Nov 2026 00:00:00 GMT\r\n")]
    [InlineData("If-Match: *\r\n")]
    [InlineData("Accept-Encoding: gzip, br\r\n")]
    [InlineData("Accept-Encoding: zstd;q=1, *;q=0\r\n")]
    [InlineData("TE: trailers, gzip\r\n")]
    [InlineData("Expect: 100-continue\r\n")]
    [InlineData("X-HTTP-Method-Override: GET\r\n")]
    [InlineData("Cache-Control: only-if-cached\r\n")]
    [InlineData("Prefer: return=representation\r\n")]
    [InlineData("X-Forwarded-Host: evil.example\r\n")]
    public async Task A_wish_about_the_answer_does_not_reach_the_adapter(string header)
    {
        run.Upstream.Heads.Clear();

        var received = Encoding.Latin1.GetString(await run.PollAsync(new RawAnswer(Finished), header));

        Assert.EndsWith("""{"state":"finished"}""", received, StringComparison.Ordinal);
        var head = Assert.Single(run.Upstream.Heads);
        Assert.DoesNotContain(header.Split("\r\n")[0], head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nAccept-Encoding: identity", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Equal_states_are_equal_bytes_whatever_else_the_upstream_says()
    {
        var bodies = new[] { Planted.Full(), Planted.Full("declined"), Planted.Full("FAILED"), """{"state":"finished"}""", """{"x":[1,2,3],"state":"operator_required"}""" };
        var answers = new List<string>();
        foreach (var body in bodies)
        {
            answers.Add(Bare(await run.PollAsync(new RawAnswer(FailClosedCells.Http(Coded.Utf8(body))))));
            answers.Add(Bare(await run.PollAsync(new RawAnswer(FailClosedCells.Http(Coded.GZip(Coded.Utf8(body)), "Content-Type: text/html", "Content-Encoding: gzip", "202 WALLABY")))));
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Problems_of_one_kind_are_equal_bytes_whatever_the_cause()
    {
        var answers = new List<string>();
        foreach (var cell in FailClosedCells.All.Where(cell => !cell.IsSafe && cell.Dimension is ("status" or "media type" or "shape")))
        {
            answers.Add(Bare(await run.PollAsync(cell.Answer)));
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Three_hundred_polls_at_once_get_their_own_state()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => run.PollAsync(new RawAnswer(Finished))));

        Assert.All(answers, answer => Assert.EndsWith("""{"state":"finished"}""", Encoding.Latin1.GetString(answer), StringComparison.Ordinal));
    }

    private static string Bare(byte[] received) => string.Join("\r\n", Encoding.Latin1.GetString(received).Split("\r\n")
        .Where(line => !line.StartsWith("Date:", StringComparison.Ordinal) && !line.StartsWith("X-Request-Id:", StringComparison.Ordinal)));
}
