namespace OzGateway.Simulator.Wire;

/// <summary>One way to send a request whose end may be in doubt.</summary>
/// <param name="Bytes">What is sent; behind it stands a second request where the first is not sound.</param>
/// <param name="Call">Method and target.</param>
/// <param name="Body">The body that is meant; null where none is sound.</param>
public sealed record FramingVariant(string Bytes, string Call, string? Body)
{
    private const string Smuggled = "GET /plugin/smuggled.css HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly string[] PlainHeaders = ["Accept: */*", "X-A: b", "Cookie: a=b", "Content-Type: application/json", "User-Agent: v", "X_Forwarded_For: 1", "Accept-Language: de"];

    private static readonly string[] BrokenFraming =
    [
        "Content-Length: 4\r\nContent-Length: 5", "Content-Length: 4\r\nContent-Length: 4", "Content-Length: 4, 4", "Content-Length: -4", "Content-Length: 0x4", "Content-Length: 4 4", "Content-Length: ", "Content-Length: 4.0",
        "Content-Length: 99999999999999999999", "Content-Length: 4;a", "Content-Length : 4", "Transfer-Encoding: chunked\r\nContent-Length: 4", "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: identity", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: xchunked", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked;q=1", "Transfer-Encoding:\x0bchunked", "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", " Transfer-Encoding: chunked",
        "X: y\r\n Transfer-Encoding: chunked", "Transfer-Encoding:\r\n chunked", "Transfer-Encoding: chunked\0", "Transfer-Encoding: Chunked,", "Transfer_Encoding: chunked\r\nTransfer-Encoding: identity", "X-A: b\0c", "X-A: b\rTransfer-Encoding: chunked",
        "X A: b", ": b", "X-A", "X(: b", "\u00e4: b", "Host: y", "Upgrade: h2c\r\nConnection: Upgrade", "Content-Type: a/b\r\nContent-Type: c/d",
    ];

    private static readonly string[] BrokenChunks =
    [
        "0x4\r\nabcd\r\n0\r\n\r\n", "4\nabcd\r\n0\r\n\r\n", "4\r\nabcde\r\n0\r\n\r\n", "-4\r\nabcd\r\n0\r\n\r\n", "4 4\r\nabcd\r\n0\r\n\r\n", "\r\n4\r\nabcd\r\n0\r\n\r\n", "4\rabcd\r\n0\r\n\r\n", "fffffffffffffffff\r\nabcd\r\n0\r\n\r\n",
        "4\r\nabcd0\r\n\r\n", "4\r\nabcd\n0\r\n\r\n", "g\r\nabcd\r\n0\r\n\r\n", "4;\n\r\nabcd\r\n0\r\n\r\n", "4;a=\"\n\"\r\nabcd\r\n0\r\n\r\n", "+4\r\nabcd\r\n0\r\n\r\n", "\t4\r\nabcd\r\n0\r\n\r\n", "4_\r\nabcd\r\n0\r\n\r\n",
    ];

    /// <summary>A variant by its number: the same number gives the same variant.</summary>
    public static FramingVariant Of(int number)
    {
        var random = new Random(number);
        var headers = Enumerable.Range(0, random.Next(4)).Select(_ => PlainHeaders[random.Next(PlainHeaders.Length)]).Distinct().Prepend("Host: x").ToList();
        return random.Next(4) switch
        {
            0 => Sound(random, headers),
            1 => Broken(random, "POST /tm.php HTTP/1.1", [.. headers, "Transfer-Encoding: chunked"], BrokenChunks[random.Next(BrokenChunks.Length)]),
            2 => Broken(random, Line(random), [.. headers, "Content-Length: 4"], "abcd"),
            _ => Broken(random, "POST /tm.php HTTP/1.1", [.. headers, BrokenFraming[random.Next(BrokenFraming.Length)]], random.Next(2) == 0 ? "4\r\nabcd\r\n0\r\n\r\n" : "abcd"),
        };
    }

    private static string Line(Random random)
    {
        string[] lines =
        [
            "POST  /tm.php HTTP/1.1", "POST /tm.php HTTP/1.2", "POST /tm.php HTTP/2.0", "POST /tm.php http/1.1", "POST /tm.php", "/tm.php HTTP/1.1", "POST\t/tm.php HTTP/1.1", " POST /tm.php HTTP/1.1", "P(ST /tm.php HTTP/1.1",
            "CONNECT /tm.php HTTP/1.1", "TRACE /tm.php HTTP/1.1", "POST http://x/tm.php HTTP/1.1", "POST x:80 HTTP/1.1", "POST * HTTP/1.1", "POST /tm.php HTTP/1.1\r\nHost: y", "POST /tm.php\0 HTTP/1.1", "POST /tm.php\r HTTP/1.1",
        ];
        return lines[random.Next(lines.Length)];
    }

    private static FramingVariant Sound(Random random, List<string> headers)
    {
        var body = new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(256))]);
        var chunked = random.Next(2) == 0;
        headers.Insert(random.Next(headers.Count + 1), chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}");
        headers.Add("Connection: close");
        return new($"POST /tm.php HTTP/1.1\r\n{string.Join("\r\n", headers)}\r\n\r\n{(chunked ? Chunks(random, body) : body)}", "POST /tm.php", body);
    }

    private static string Chunks(Random random, string body)
    {
        var text = "";
        while (body.Length > 0)
        {
            var length = random.Next(1, body.Length + 1);
            text += $"{length:x}{(random.Next(4) == 0 ? ";a=b" : "")}\r\n{body[..length]}\r\n";
            body = body[length..];
        }

        return $"{text}0\r\n{(random.Next(4) == 0 ? "X-Trailer: t\r\n" : "")}\r\n";
    }

    private static FramingVariant Broken(Random random, string line, List<string> headers, string body)
    {
        // The first place is the Host's: what begins with a blank behind the request line would be another thing.
        var last = headers[^1];
        headers.RemoveAt(headers.Count - 1);
        headers.Insert(random.Next(1, headers.Count + 1), last);
        return new($"{line}\r\n{string.Join("\r\n", headers)}\r\n\r\n{body}{Smuggled}", "", Body: null);
    }
}
