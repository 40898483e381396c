using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using OzGateway.Forwarding;
using OzGateway.Payloads;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;
using OzGateway.Transactions;

namespace OzGateway.Tests.Forwarding;

/// <summary>What is sent to the adapter is sent once, even where the client below would repeat it.</summary>
public sealed class SentOnceTests
{
    [Fact]
    public async Task A_submission_on_a_connection_that_ends_without_an_answer_is_sent_once()
    {
        await using var adapter = new RawAdapter(AnswerTheFirstThenCloseAsync);
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address });
        using var browser = run.Browser();
        await browser.GetAsync("config.php");

        var answer = await browser.SubmitAsync();

        Assert.Equal((HttpStatusCode.BadGateway, "upstream_unavailable"), (answer.Status, answer.Code));
        Assert.Single(adapter.Heads, head => head.StartsWith("POST /request.php", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 4)] // what the client below does by itself: the reason for ours
    public async Task A_call_without_a_body_is_sent_once(bool plain, int sent)
    {
        await using var adapter = new RawAdapter(AnswerTheFirstThenCloseAsync);
        using var sockets = new SocketsHttpHandler();
        using var handler = new AdapterCallHandler { InnerHandler = sockets };
        using var client = new HttpMessageInvoker(plain ? sockets : handler);
        var address = new Uri($"http://127.0.0.1:{adapter.Port}/");
        using var deadline = new DeadlineFeature(new HttpRequestLifetimeFeature(), new CallTimes(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), TimeProvider.System);
        using var first = await client.SendAsync(Request(HttpMethod.Get, address, deadline), CancellationToken.None);
        await first.Content.ReadAsStringAsync();

        var failing = client.SendAsync(Request(HttpMethod.Post, address, deadline), CancellationToken.None);

        await Assert.ThrowsAsync<HttpRequestException>(() => failing);
        Assert.Equal(sent, adapter.Heads.Count(head => head.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_body_that_was_not_taken_never_ends_like_one_that_was()
    {
        using var deadline = new DeadlineFeature(new HttpRequestLifetimeFeature(), new CallTimes(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), TimeProvider.System);
        await using var rewriting = new RewritingStream(PipeReader.Create(new MemoryStream("a check"u8.ToArray())), PayloadRewriter.Create(PayloadKind.Opaque, new InjectionRules()));
        await using var sent = new SentBody(rewriting);
        using var body = new RequestBodyContent(new StreamContent(sent), sent, deadline);

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(new MemoryStream([], writable: false)));

        Assert.IsType<NotSupportedException>(fault.GetBaseException());
        Assert.False(rewriting.ReachedEnd);
    }

    [Fact]
    public async Task A_body_is_read_for_the_adapter_once()
    {
        using var deadline = new DeadlineFeature(new HttpRequestLifetimeFeature(), new CallTimes(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), TimeProvider.System);
        using var body = new RequestBodyContent(new StringContent("a check", Encoding.UTF8, "text/plain"), null, deadline);
        await body.CopyToAsync(Stream.Null);

        await Assert.ThrowsAsync<InvalidOperationException>(() => body.CopyToAsync(Stream.Null));
        Assert.Equal("text/plain", body.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_frees_the_connection_to_the_adapter()
    {
        var freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadRequestAsync();
            received.SetResult();
            await connection.ReadToEndAsync();
            freed.SetResult();
        });
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address });
        using var browser = run.Browser();
        using var patience = new CancellationTokenSource();
        var waiting = browser.SendAsync(Dialect.Default.Config(run.Public), patience.Token);
        await received.Task;

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await freed.Task;
    }

    [Fact]
    public async Task A_client_that_leaves_in_an_upload_frees_the_connection_and_the_upload_has_no_end()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rest = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var adapter = new RawAdapter(async connection =>
        {
            await connection.ReadHeadAsync();
            arrived.SetResult();
            rest.SetResult(await connection.ReadToEndAsync());
        });
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = adapter.Address });
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(run.Public.Host, run.Public.Port);
        var head = $"POST /request.php HTTP/1.1\r\nHost: x\r\nCookie: session={Tokens.For(The.User, run.Time.GetUtcNow())}\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a\"\r\n\r\n"
            + new string('v', 100_000);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await arrived.Task;

        client.Close();

        Assert.DoesNotContain("\r\n0\r\n", await rest.Task, StringComparison.Ordinal);
    }

    private static async Task AnswerTheFirstThenCloseAsync(RawConnection connection)
    {
        // Only the very first request on a connection is answered; the next is read whole, and the connection ends.
        if (await connection.ReadRequestAsync() is { } head && head.StartsWith("GET", StringComparison.Ordinal))
        {
            await connection.AnswerAsync("{}");
            await connection.ReadRequestAsync();
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address, DeadlineFeature deadline)
    {
        var request = new HttpRequestMessage(method, address);
        request.Options.Set(AdapterCallHandler.Deadline, deadline);
        return request;
    }
}
