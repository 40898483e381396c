using System.Net.Sockets;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The bytes themselves, on both sides: what stands beside the body, and what an upload looks like that broke off.</summary>
public sealed class InjectionWireTests
{
    private const string Evil = "PAGEMADE";

    [Theory]
    [InlineData("?transaction_id=PAGEMADE", "")]
    [InlineData("?a=1&meta%5Btransaction%255Fid%5D=PAGEMADE&end_user_id=PAGEMADE", "")]
    [InlineData("?data=%7B%22transaction_id%22%3A%22PAGEMADE%22%7D", "")]
    [InlineData("?d=eyJ0cmFuc2FjdGlvbl9pZCI6IlBBR0VNQURFIn0", "")]
    [InlineData("", "transaction_id: PAGEMADE\r\n")]
    [InlineData("", "X-Transaction-Id: PAGEMADE\r\nX-Meta: transaction_id=PAGEMADE\r\n")]
    [InlineData("", "User-Agent: Browser transaction_id=PAGEMADE\r\n")]
    [InlineData("", "Accept-Language: en, transaction-id=PAGEMADE\r\n")]
    [InlineData("", "esid: user_id=PAGEMADE\r\n")]
    [InlineData("", "Cookie: transaction_id=PAGEMADE\r\nReferer: http://a/?transaction_id=PAGEMADE\r\n")]
    [InlineData("", "Trailer: transaction_id\r\n")]
    public async Task Nothing_of_the_pages_stands_beside_the_body(string query, string headers)
    {
        using var adapter = new WireAdapter();
        await using var run = await StartAsync(adapter);
        using var client = await ConnectAsync(run);

        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /request.php{query} HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=PAGEMADE; transaction_id=PAGEMADE\r\nTransfer-Encoding: chunked\r\n{headers}\r\n"
            + Chunk("--PAGEMADE\r\nContent-Disposition: form-data; name=\"video\"; filename=\"PAGE.webm\"\r\n\r\n\u0001\u0002\r\n--PAGEMADE--\r\n", ";transaction_id=PAGEMADE")
            + "0\r\ntransaction_id: PAGEMADE\r\n\r\n"));

        var (bytes, complete) = await adapter.Closed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(complete);
        Assert.DoesNotContain(Evil, bytes, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("UEFHRU1BREUi", bytes, StringComparison.Ordinal);
        Assert.Equal(2, bytes.Split("oz1_").Length);
        Assert.Matches("\r\nContent-Type: multipart/form-data; boundary=ozgateway-[0-9a-f]{32}\r\n", bytes);
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\n", 415)]
    [InlineData("Content-Type: application/json\r\nContent-Type: multipart/form-data; boundary=B\r\n", 400)]
    [InlineData("Content-Type: multipart/form-data; boundary=B, application/json\r\n", 415)]
    [InlineData("Content-Type: multipart/form-data; boundary=B\r\nContent-Encoding: gzip\r\n", 415)]
    [InlineData("Content-Type: multipart/form-data; boundary=B\r\nContent-Encoding: identity\r\nContent-Encoding: br\r\n", 400)]
    [InlineData("Content-Type: application/octet-stream\r\nContent-Encoding: deflate\r\n", 415)]
    [InlineData("Content-Type: multipart/mixed; boundary=B\r\n", 415)]
    [InlineData("", 415)]
    public async Task A_body_whose_type_or_coding_lies_is_refused(string headers, int status)
    {
        using var adapter = new WireAdapter();
        await using var run = await StartAsync(adapter);
        using var client = await ConnectAsync(run);

        await client.SendAsync(Encoding.ASCII.GetBytes($"POST /request.php HTTP/1.1\r\nHost: a\r\n{headers}Transfer-Encoding: chunked\r\n\r\n" + Chunk("--B--\r\n", "") + "0\r\n\r\n"));

        var buffer = new byte[64];
        var count = await client.ReceiveAsync(buffer);
        Assert.StartsWith($"HTTP/1.1 {status} ", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
        Assert.False(adapter.Begun.IsCompleted);
    }

    [Fact]
    public async Task A_query_that_two_readers_split_in_two_ways_is_refused()
    {
        using var adapter = new WireAdapter();
        await using var run = await StartAsync(adapter);
        using var client = await ConnectAsync(run);

        await client.SendAsync("POST /request.php?a=1;transaction_id=PAGEMADE HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        var buffer = new byte[64];
        var count = await client.ReceiveAsync(buffer);
        Assert.StartsWith("HTTP/1.1 400 ", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
        Assert.False(adapter.Begun.IsCompleted);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"video\"; filename=\"v\"\r\n\r\n", "")]
    [InlineData("multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"video\"; filename=\"v\"\r\n\r\n", "\r\n--B--")]
    [InlineData("application/json", "{\"meta\":{},\"video\":\"", "")]
    [InlineData("application/json", "{\"meta\":{},\"video\":\"", "\"}")]
    [InlineData("application/x-www-form-urlencoded", "meta=%7B%7D&video=", "")]
    [InlineData("application/octet-stream", "", "")]
    public async Task An_aborted_upload_never_looks_complete_at_the_adapter(string type, string start, string end)
    {
        using var adapter = new WireAdapter();
        await using var run = await StartAsync(adapter);
        using var client = await ConnectAsync(run);

        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /request.php HTTP/1.1\r\nHost: a\r\nContent-Type: {type}\r\nContent-Length: 1000000\r\n\r\n{start}{new string('A', 200_000)}{end}"));
        await adapter.Begun;
        client.Close();

        var (bytes, complete) = await adapter.Closed;
        Assert.False(complete);
        Assert.DoesNotContain("\r\n0\r\n", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_turns_out_malformed_never_looks_complete_at_the_adapter()
    {
        using var adapter = new WireAdapter();
        await using var run = await StartAsync(adapter);
        using var client = await ConnectAsync(run);
        const string Body = "{\"meta\":{},\"video\":\"";

        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /request.php HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {Body.Length + 200_003}\r\n\r\n{Body}{new string('A', 200_000)}\"}}x"));

        var (_, complete) = await adapter.Closed;
        Assert.False(complete);
        var buffer = new byte[64];
        var count = await client.ReceiveAsync(buffer);
        Assert.StartsWith("HTTP/1.1 400 ", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
    }

    private static Task<GatewayRun> StartAsync(WireAdapter adapter) =>
        GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{adapter.Address}\"", Sources = "    - client_address: {}" });

    private static async Task<Socket> ConnectAsync(GatewayRun run)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(run.Public.Host, run.Public.Port);
        return socket;
    }

    private static string Chunk(string content, string extension) => $"{content.Length:x}{extension}\r\n{content}\r\n";
}
