namespace OzGateway.Simulator.Wire;

/// <summary>One way to send a call over HTTP/2.</summary>
/// <param name="What">What is wrong with it, or nothing.</param>
/// <param name="Frames">Its frames, on stream 1.</param>
/// <param name="Body">The body that is meant; null where the call is not sound.</param>
public sealed record Http2Variant(string What, IReadOnlyList<Http2Frame> Frames, string? Body)
{
    /// <summary>Method and target of every sound one.</summary>
    public const string Call = "POST /tm.php";

    private const char Replaced = '=', Added = '+', Ahead = '^', Removed = '-', Trailer = '_';

    private static readonly (string Name, string Value)[] Plain =
    [
        ("accept", "*/*"), ("x-a", "b"), ("cookie", "a=b"), ("cookie", "c=d"), ("user-agent", "v"), ("x_forwarded_for", "1"), ("accept-language", "de"), ("te", "trailers"), ("x-long", new string('l', 300)),
    ];

    private static readonly (char How, string Name, string Value)[] Faults =
    [
        (Removed, ":method", ""), (Removed, ":scheme", ""), (Removed, ":path", ""), (Removed, ":authority", ""), (Ahead, ":method", "POST"), (Ahead, ":scheme", "http"), (Ahead, ":path", "/tm.php"), (Ahead, ":authority", "x"),
        (Ahead, ":path", "/plugin/smuggled.css"), (Ahead, ":authority", "y"), (Ahead, ":status", "200"), (Ahead, ":protocol", "websocket"), (Ahead, ":other", "x"), (Ahead, ":", "x"), (Ahead, "x-a", "b"), (Ahead, "host", "y"),
        (Added, ":path", "/tm.php"), (Added, ":method", "POST"), (Added, ":authority", "x"), (Added, ":other", "x"),
        (Replaced, ":path", ""), (Replaced, ":path", "*"), (Replaced, ":path", "tm.php"), (Replaced, ":path", "http://x/tm.php"), (Replaced, ":path", "//tm.php"), (Replaced, ":path", "/tm.php/"), (Replaced, ":path", "/TM.php"),
        (Replaced, ":path", "/./tm.php"), (Replaced, ":path", "/plugin/../tm.php"), (Replaced, ":path", "/%2e/tm.php"), (Replaced, ":path", "/plugin/..%2ftm.php"), (Replaced, ":path", "/tm%2ephp"), (Replaced, ":path", "/tm.php%00"),
        (Replaced, ":path", "/tm.php\0"), (Replaced, ":path", "/tm.php\u00e4"), (Replaced, ":path", "/tm.php "), (Replaced, ":path", "/tm.php HTTP/1.1\r\nHost: y\r\n\r\n"), (Replaced, ":path", "/tm.php\n"), (Replaced, ":path", "/tm.php#a"),
        (Replaced, ":path", "/tm.php;a"), (Replaced, ":path", "\\tm.php"), (Replaced, ":path", "/tm.php?a=%c0%af"), (Replaced, ":path", "/tm.php?a=\u00e4"), (Replaced, ":path", "/tm.php?a=b c"), (Replaced, ":path", "?a=b"),
        (Replaced, ":method", ""), (Replaced, ":method", "PO ST"), (Replaced, ":method", "POST /plugin/smuggled.css HTTP/1.1\r\n"), (Replaced, ":method", "post"), (Replaced, ":method", "CONNECT"), (Replaced, ":method", "TRACE"), (Replaced, ":method", "P\u00d6ST"),
        (Replaced, ":scheme", "ftp"), (Replaced, ":scheme", ""), (Replaced, ":scheme", "http://x/?"), (Replaced, ":authority", "a@x"), (Replaced, ":authority", "x y"), (Replaced, ":authority", "x, y"), (Replaced, ":authority", "x:99999"),
        (Replaced, ":authority", "x/tm.php"), (Replaced, ":authority", "x\r\nX-A: b"), (Replaced, ":authority", "x%2ey"), (Replaced, ":authority", ""), (Replaced, ":authority", "x\0"), (Replaced, ":authority", "\u00e4"),
        (Added, "connection", "close"), (Added, "connection", "x-forwarded-for"), (Added, "keep-alive", "timeout=5"), (Added, "proxy-connection", "close"), (Added, "transfer-encoding", "chunked"), (Added, "transfer-encoding", "gzip, chunked"),
        (Added, "transfer-encoding", "identity"), (Added, "upgrade", "h2c"), (Added, "http2-settings", "AAMAAABkAAQAAP__"), (Added, "te", "gzip"), (Added, "te", "trailers, gzip"), (Added, "content-length", "3"), (Added, "content-length", "5"), (Added, "content-length", "0"),
        (Added, "content-length", "4, 4"), (Added, "content-length", "x"), (Added, "content-length", "-4"), (Added, "content-length", "99999999999999999999"), (Added, "X-Upper", "a"), (Added, "Content-Length", "4"), (Added, "Host", "x"), (Added, "x a", "b"),
        (Added, "x:a", "b"), (Added, "x\r\ny", "b"), (Added, "x\n", "b"), (Added, "x\0", "b"), (Added, "", "b"), (Added, "x(", "b"), (Added, "\u00e4", "b"), (Added, " x", "b"), (Added, "x ", "b"), (Added, "x-a", "b\r\nx-c: d"), (Added, "x-a", "b\nc"),
        (Added, "x-a", "b\rc"), (Added, "x-a", "b\0c"), (Added, "user-agent", "b\r\nTransfer-Encoding: chunked"), (Added, "accept", "b\0c"), (Added, "content-type", "text/plain"), (Added, "esid", "a\nb"),
        (Trailer, ":path", "/plugin/smuggled.css"), (Trailer, "X-Upper", "a"), (Trailer, "connection", "close"), (Trailer, "", "b"), (Trailer, ":status", "200"),
    ];

    // They end here, whatever they say: no trailer goes on.
    private static readonly (string Name, string Value)[] Trailers =
    [
        ("x-trailer", "t"), ("content-length", "9"), ("authorization", "spoofed"), ("host", "spoofed"), ("x-forwarded-for", "spoofed"), ("content-type", "text/plain"), ("cookie", "a=b"),
        ("transfer-encoding", "chunked"), ("x-a", "b\r\nc: d"), ("x a", "b"),
    ];

    /// <summary>How many faults there are: each of the first variants has one of them.</summary>
    public static int FaultCount => Faults.Length;

    /// <summary>A variant by its number: the same number gives the same variant.</summary>
    /// <param name="number">The number.</param>
    /// <param name="scheme">What the connection speaks, http or https.</param>
    public static Http2Variant Of(int number, string scheme)
    {
        var random = new Random(number);
        List<(string Name, string Value)> fields =
            [(":method", "POST"), (":scheme", scheme), (":authority", "x"), (":path", "/tm.php"), ("content-type", "application/json"), .. Plain.Where(_ => random.Next(4) == 0)];
        var body = new string([.. Enumerable.Range(0, random.Next(4, 40)).Select(_ => (char)random.Next(256))]);
        if (number >= Faults.Length && random.Next(2) == 0)
        {
            (string Name, string Value)? trailer = random.Next(3) == 0 ? Trailers[random.Next(Trailers.Length)] : null;
            fields.AddRange(random.Next(2) == 0 ? [("content-length", $"{body.Length}")] : []);
            return new("", FramesOf(random, fields, body, trailer), body);
        }

        var (how, name, value) = Faults[number < Faults.Length ? number : random.Next(Faults.Length)];
        var at = fields.FindIndex(field => field.Name == name);
        switch (how)
        {
            case Removed:
                fields.RemoveAt(at);
                break;
            case Replaced:
                fields[at] = (name, value);
                break;
            case Ahead:
                fields.Insert(random.Next(name[..1] == ":" ? 4 : 3), (name, value));
                break;
            case Added:
                fields.Insert(random.Next(5, fields.Count + 1), (name, value));
                break;
            default:
                break;
        }

        return new($"{how}{name}: {value}", FramesOf(random, fields, name == "content-length" ? "abcd" : body, how == Trailer ? (name, value) : null), Body: null);
    }

    private static List<Http2Frame> FramesOf(Random random, List<(string Name, string Value)> fields, string body, (string Name, string Value)? trailer)
    {
        List<Http2Frame> frames = [];
        var block = Http2Frame.Block(fields);
        var cut = random.Next(3) == 0 ? random.Next(block.Length) : block.Length;
        frames.Add(new(Http2Frame.Headers, cut == block.Length ? Http2Frame.EndHeaders : (byte)0, 1, block[..cut]));
        if (cut < block.Length)
        {
            frames.Add(new(Http2Frame.Continuation, Http2Frame.EndHeaders, 1, block[cut..]));
        }

        while (body.Length > 0)
        {
            var (length, padding) = (random.Next(0, body.Length + 1), random.Next(3) == 0 ? random.Next(20) : -1);
            byte[] piece = System.Text.Encoding.Latin1.GetBytes(body[..length]);
            body = body[length..];
            var end = body.Length == 0 && trailer is null ? Http2Frame.EndStream : (byte)0;
            frames.Add(padding < 0 ? new(Http2Frame.Data, end, 1, piece) : new(Http2Frame.Data, (byte)(end | Http2Frame.Padded), 1, [(byte)padding, .. piece, .. new byte[padding]]));
        }

        if (trailer is { } last)
        {
            frames.Add(new(Http2Frame.Headers, Http2Frame.EndHeaders | Http2Frame.EndStream, 1, Http2Frame.Block([last])));
        }

        return frames;
    }
}
