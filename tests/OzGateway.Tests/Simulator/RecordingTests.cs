using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using OzGateway.Simulator;

namespace OzGateway.Tests.Simulator;

public class RecordingTests
{
    // A preamble, odd spellings, a part without headers, duplicate names, a lone line break in data, an epilogue.
    private const string OddMultipart =
        "preamble\r\n--b  \r\ncontent-disposition: form-data; name=\"session_id\"\r\n\r\nnone\r\n"
        + "--b\r\nContent-Disposition:form-data; name=meta\r\nX-Odd: 1\r\n\r\n{\"transaction_id\":\"first\"}\r\n"
        + "--b\r\n\r\nno headers\r\n--bystander\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n{\"transaction_id\":\"one\",\"transaction\\u005fid\":\"last\",\"n\":7}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\n\r\n--b--\r\nepilogue";

    [Fact]
    public async Task An_odd_multipart_is_recorded_byte_for_byte()
    {
        await using var run = await SimulatorRun.StartAsync();
        using var request = Raw(OddMultipart, "multipart/form-data; boundary=b");
        request.Headers.TryAddWithoutValidation("X-Twice", ["1", "2"]);

        using var answer = await run.Client.SendAsync(request);

        var received = run.Simulator.Received.Single();
        Assert.Equal(OddMultipart, received.BodyText);
        Assert.Equal(Encoding.UTF8.GetByteCount(OddMultipart), received.BodyLength);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OddMultipart))), received.BodySha256);
        Assert.Equal(["session_id", "meta", null, "meta", "media"], received.Parts.Select(static part => part.Name));
        Assert.Equal("no headers\r\n--bystander", received.Parts[2].Text);
        Assert.Equal(("a.zip", "application/zip", 0), (received.Parts[4].FileName, received.Parts[4].ContentType, received.Parts[4].Length));
        Assert.Equal("last", received.Meta("transaction_id"));
        Assert.Equal("7", received.Meta("n"));
        Assert.Equal("/request.php", received.Path);
        Assert.Equal("?a=%20b", received.Query);
        Assert.Equal("1, 2", received.Header("x-twice"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task However_a_multipart_is_sliced_it_is_recorded_the_same(int slice)
    {
        await using var run = await SimulatorRun.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/request.php") { Content = new SlicedContent(Encoding.UTF8.GetBytes(OddMultipart), slice) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=\"b\"");

        using var answer = await run.Client.SendAsync(request);

        var received = run.Simulator.Received.Single();
        Assert.Equal(OddMultipart, received.BodyText);
        Assert.Equal(5, received.Parts.Count);
        Assert.True(received.Complete);
    }

    [Fact]
    public async Task Media_of_20_MiB_is_recorded_as_length_and_hash()
    {
        await using var run = await SimulatorRun.StartAsync();
        var media = MediaPart.OfSize(20 * 1024 * 1024);

        using var answer = await run.SubmitAsync(await run.InitAsync(), mediaBytes: media.Content.Length);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var received = run.Simulator.Received.Single();
        var part = received.Parts.Single(static part => part.Name == "media");
        Assert.Equal(media.Content.Length, part.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(media.Content.Span)), part.Sha256);
        Assert.Null(part.Bytes);
        Assert.True(received.BodyLength > media.Content.Length);
        Assert.InRange(received.Body.Length, 1, 4096);
        Assert.Equal(part.Sha256, run.Simulator.Folders.Single().Media.Single().Sha256);
    }

    [Fact]
    public async Task A_part_of_exactly_1_MiB_is_kept()
    {
        await using var run = await SimulatorRun.StartAsync();

        using var answer = await run.SubmitAsync(await run.InitAsync(), mediaBytes: ReceivedRequest.KeptPartBytes);

        var received = run.Simulator.Received.Single();
        Assert.Equal(ReceivedRequest.KeptPartBytes, received.Parts[^1].Bytes!.Length);
        Assert.Equal(received.BodyLength, received.Body.Length);
    }

    [Theory]
    [InlineData(BodyKind.Json)]
    [InlineData(BodyKind.Form)]
    [InlineData(BodyKind.Container)]
    public async Task Other_bodies_are_recorded_byte_for_byte(BodyKind kind)
    {
        await using var run = await SimulatorRun.StartAsync();
        var request = run.Dialect.Submission(
            run.Simulator.Address, await run.InitAsync(), new Dictionary<string, string> { ["transaction_id"] = "a&b=c" }, [MediaPart.OfSize(5000)], kind);
        var sent = await request.Content!.ReadAsByteArrayAsync();

        using var answer = await run.Client.SendAsync(request);

        var received = run.Simulator.Received.Single();
        Assert.Equal(sent, received.Body);
        Assert.Equal(5000, run.Simulator.Folders.Single().Media.Single().Length);
        Assert.Equal(kind == BodyKind.Container ? null : "a&b=c", received.Meta("transaction_id"));
    }

    [Theory]
    [InlineData("Content-Type: multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"media\"\r\n\r\nabc")]
    [InlineData("Content-Type: application/json", "{\"media\":[")]
    [InlineData("Content-Type: application/octet-stream", "abc")]
    public async Task An_aborted_upload_is_recorded_incomplete_and_makes_no_folder(string contentType, string begun)
    {
        await using var run = await SimulatorRun.StartAsync();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(run.Simulator.Address.Host, run.Simulator.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /request.php HTTP/1.1\r\nHost: oz\r\n{contentType}\r\nContent-Length: 100000\r\n\r\n{begun}"));
        }

        var received = await FirstAsync(run.Simulator.Received);
        Assert.False(received.Complete);
        Assert.Equal(RequestKind.Submission, received.Kind);
        // When the connection breaks before they are read, the server hands out none of the bytes it already has.
        Assert.InRange(received.BodyLength, 0, begun.Length);
        Assert.Empty(run.Simulator.Folders);
    }

    [Fact]
    public async Task A_multipart_without_its_end_is_incomplete_and_makes_no_folder()
    {
        await using var run = await SimulatorRun.StartAsync();
        var session = await run.InitAsync();
        using var request = Raw(
            $"--b\r\nContent-Disposition: form-data; name=\"session_id\"\r\n\r\n{session}\r\n--b\r\nContent-Disposition: form-data; name=\"media\"\r\n\r\nabc",
            "multipart/form-data; boundary=b");

        using var answer = await run.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(run.Simulator.Received.Single().Complete);
        Assert.Empty(run.Simulator.Folders);
    }

    [Fact]
    public async Task Requests_stand_in_order_and_are_forgotten_on_demand()
    {
        await using var run = await SimulatorRun.StartAsync();
        var session = await run.InitAsync();
        await run.SubmitTextAsync(session);
        await run.PollTextAsync(session);
        using var api = await run.OzApiAsync("/api/version");

        Assert.Equal([RequestKind.Init, RequestKind.Submission, RequestKind.Poll, RequestKind.OzApi], run.Simulator.Received.All.Select(static request => request.Kind));
        Assert.Equal(Face.OzApi, run.Simulator.Received.OzApiCalls.Single().Face);
        run.Simulator.Received.Clear();
        Assert.Empty(run.Simulator.Received.All);
    }

    private static HttpRequestMessage Raw(string body, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/request.php?a=%20b") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return request;
    }

    // The server notices a broken connection in its own time; there is no answer to wait for.
    private static async Task<ReceivedRequest> FirstAsync(ReceivedRequests received)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (received.All.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        return received.All[0];
    }
}
