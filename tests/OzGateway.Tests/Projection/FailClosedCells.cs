using System.Text;

namespace OzGateway.Tests.Projection;

/// <summary>One cell of the matrix: what the upstream writes, and what must come of it.</summary>
/// <param name="Dimension">Which way of being wrong.</param>
/// <param name="Name">Which value of it.</param>
/// <param name="IsSafe">Whether the answer is 200 with the state alone; else it is a problem of our own.</param>
/// <param name="Answer">The bytes.</param>
internal sealed record FailClosedCell(string Dimension, string Name, bool IsSafe, RawAnswer Answer);

/// <summary>The matrix, dimension by dimension; everything that is not named in a cell is as it should be.</summary>
internal static partial class FailClosedCells
{
    private static readonly byte[] Full = Coded.Utf8(Planted.Full());

    public static IReadOnlyList<FailClosedCell> All { get; } = [.. Codings(), .. MediaTypes(), .. Statuses(), .. Shapes(), .. Sizes(), .. Framings(), .. Heads()];

    /// <summary>A whole answer with a length.</summary>
    public static byte[] Http(byte[] body, string type = "Content-Type: application/json", string coding = "", string status = "200 QUOKKA") =>
        [.. Coded.Utf8($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{Lines(type, coding)}X-Kowari: KOWARI\r\nETag: \"POTOROO\"\r\n\r\n"), .. body];

    private static string Lines(params string[] lines) => string.Concat(lines.Where(line => line.Length > 0).Select(line => line + "\r\n"));

    private static FailClosedCell Coding(string name, bool isSafe, string header, byte[] body) =>
        new("content coding", name, isSafe, new RawAnswer(Http(body, coding: header.Length == 0 ? "" : $"Content-Encoding: {header}")));

    private static IEnumerable<FailClosedCell> Codings()
    {
        var (gzip, zlib, raw, br) = (Coded.GZip(Full), Coded.ZLib(Full), Coded.Deflate(Full), Coded.Brotli(Full));
        yield return Coding("none", true, "", Full);
        yield return Coding("identity", true, "identity", Full);
        yield return Coding("gzip", true, "gzip", gzip);
        yield return Coding("GZIP", true, "GZIP", gzip);
        yield return Coding("x-gzip", true, "x-gzip", gzip);
        yield return Coding("deflate with its zlib wrapper", true, "deflate", zlib);
        yield return Coding("deflate without", true, "deflate", raw);
        yield return Coding("br", true, "br", br);
        foreach (var unknown in (string[])["zstd", "compress", "aes128gcm", "dcb", "gz ip", "gzip;q=1", ",", "QUOKKA"])
        {
            yield return Coding($"unknown: {unknown}", false, unknown, gzip);
        }

        yield return Coding("two in one line", false, "gzip, gzip", Coded.GZip(gzip));
        yield return Coding("identity beside gzip", false, "identity, gzip", gzip);
        yield return Coding("two lines", false, "gzip\r\nContent-Encoding: gzip", Coded.GZip(gzip));
        yield return Coding("gzip twice, named once", false, "gzip", Coded.GZip(gzip));
        foreach (var (name, bytes) in new[] { ("gzip", gzip), ("deflate", zlib), ("deflate", raw), ("br", br) })
        {
            var kind = bytes == zlib ? "deflate (zlib)" : bytes == raw ? "deflate (raw)" : name;
            yield return Coding($"{kind} that is plain text", false, name, Full);
            yield return Coding($"{kind} that is not named", false, "", bytes);
            yield return Coding($"{kind}, nothing", false, name, []);
            yield return Coding($"{kind}, one byte", false, name, bytes[..1]);
            yield return Coding($"{kind}, the last byte missing", false, name, bytes[..^1]);
            yield return Coding($"{kind}, half of it missing", false, name, bytes[..(bytes.Length / 2)]);
            yield return Coding($"{kind}, a byte behind it", false, name, [.. bytes, 0]);
            yield return Coding($"{kind}, text behind it", false, name, [.. bytes, .. Full]);
            yield return Coding($"{kind}, the same again behind it", false, name, [.. bytes, .. bytes]);
        }

        yield return Coding("gzip, a byte changed", false, "gzip", Coded.Flipped(gzip, gzip.Length / 2));
        yield return Coding("deflate (zlib), a byte changed", false, "deflate", Coded.Flipped(zlib, zlib.Length / 2));

        yield return Coding("gzip, its check sum changed", false, "gzip", Coded.Flipped(gzip, ^5));
        yield return Coding("gzip, its length changed", false, "gzip", Coded.Flipped(gzip, ^1));
        yield return Coding("gzip, an unknown method", false, "gzip", Coded.Flipped(gzip, 2));
        yield return Coding("gzip, an unknown flag", false, "gzip", [.. gzip[..3], 0x80, .. gzip[4..]]);
        yield return Coding("gzip with a file name", true, "gzip", [.. gzip[..3], 8, .. gzip[4..10], .. "QUOKKA\0"u8, .. gzip[10..]]);
        yield return Coding("gzip with a file name that does not end", false, "gzip", [.. gzip[..3], 8, .. gzip[4..10], .. "QUOKKA"u8]);
        yield return Coding("deflate (zlib), its check sum changed", false, "deflate", Coded.Flipped(zlib, ^1));
        yield return Coding("deflate (zlib), a preset dictionary", false, "deflate", [0x78, 0xBB, .. zlib[2..]]);
    }

    private static IEnumerable<FailClosedCell> MediaTypes()
    {
        foreach (var (value, isSafe) in new[]
        {
            ("application/json", true), ("application/json; charset=utf-8", true), ("APPLICATION/JSON;charset=\"UTF-8\"", true), ("application/json; charset=us-ascii", true),
            ("text/json", true), ("application/problem+json", true), ("text/html", true), ("text/html; charset=UTF-8", true), ("text/plain", true),
            ("application/json; charset=utf-16", false), ("application/json; charset=utf-7", false), ("text/html; charset=ISO-8859-1", false), ("application/json; charset=utf-8; charset=utf-7", false),
            ("application/json, text/html", false), ("application/json; x=\"a\\\"b\"", false), ("application/json;", false), ("json", false), ("", false), ("text/xml", false),
            ("application/octet-stream", false), ("text/javascript", false), ("image/png", false), ("multipart/form-data; boundary=x", false), ("application/x-ndjson", false), ("QUOKKA/WALLABY", false),
        })
        {
            yield return new("media type", value.Length == 0 ? "empty" : value, isSafe, new RawAnswer(Http(Full, $"Content-Type: {value}")));
        }

        yield return new("media type", "none", true, new RawAnswer(Http(Full, "")));
        yield return new("media type", "two lines", false, new RawAnswer(Http(Full, "Content-Type: application/json\r\nContent-Type: application/json")));
    }

    private static IEnumerable<FailClosedCell> Statuses()
    {
        foreach (var status in (int[])[200, 201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 407, 408, 410, 413, 418, 421, 425, 429, 451, 499, 500, 501, 502, 503, 504, 511, 599, 600, 799, 999])
        {
            yield return new("status", $"{status}", status is 200 or 201 or 202, new RawAnswer(Http(status is 204 or 304 ? [] : Full, status: $"{status} QUOKKA\r\nLocation: https://NUMBAT.example/", type: "Content-Type: application/json")));
        }

        yield return new("status", "101, unasked", false, new RawAnswer([.. Coded.Utf8("HTTP/1.1 101 QUOKKA\r\nConnection: Upgrade\r\nUpgrade: NUMBAT\r\n\r\n"), .. Full], Closes: true));
    }

    private static FailClosedCell Shape(string name, bool isSafe, byte[] body) => new("shape", name, isSafe, new RawAnswer(Http(body)));

    private static IEnumerable<FailClosedCell> Shapes()
    {
        yield return Shape("a full result", true, Full);
        yield return Shape("a safe result", true, Coded.Utf8("""{"state":"finished"}"""));
        yield return Shape("white space around it", true, [.. "\r\n\t "u8, .. Full, .. "\n"u8]);
        foreach (var (name, text) in new[]
        {
            ("nothing", ""), ("white space", " \r\n"), ("html", Planted.Html), ("a php notice before it", "<br />\n<b>Notice</b>: QUOKKA" + Planted.Full()), ("a warning behind it", Planted.Full() + "\nWarning: QUOKKA"),
            ("two documents", Planted.Full() + Planted.Full()), ("a byte order mark", "\uFEFF" + Planted.Full()), ("no state", """{"folder_id":"QUOKKA"}"""), ("a state that is a number", """{"state":7,"x":"QUOKKA"}"""),
            ("a state that is null", """{"state":null,"x":"QUOKKA"}"""), ("an unknown word", """{"state":"QUOKKA"}"""), ("two states", """{"state":"finished","state":"processing","x":"QUOKKA"}"""),
            ("two states that agree", """{"state":"finished","state":"finished","x":"QUOKKA"}"""), ("two states, one escaped", """{"state":"finished","\u0073tate":"processing","x":"QUOKKA"}"""),
            ("another case of state", """{"State":"finished","x":"QUOKKA"}"""), ("an array", "[" + Planted.Full() + "]"), ("a string", "\"QUOKKA\""), ("a number", "17"), ("JSON in a string", System.Text.Json.JsonSerializer.Serialize(Planted.Full()) + "x"),
            ("a comment", Planted.Full()[..^1] + "/*QUOKKA*/}"), ("a trailing comma", Planted.Full()[..^1] + ",}"), ("single quotes", "{'state':'finished','x':'QUOKKA'}"), ("NaN", """{"state":"finished","x":NaN,"y":"QUOKKA"}"""),
            ("a leading zero", """{"state":"finished","x":01,"y":"QUOKKA"}"""), ("a lone surrogate", """{"state":"finished","x":"\ud800QUOKKA"}"""), ("a control character in a text", "{\"state\":\"finished\",\"x\":\"QUO\u0001KKA\"}"),
            ("an unknown escape", """{"state":"finished","x":"\QUOKKA"}"""), ("65 levels", "{\"state\":\"finished\",\"x\":" + new string('[', 64) + "\"QUOKKA\"" + new string(']', 64) + "}"), ("JSONP", "callback(" + Planted.Full() + ")"), ("an XSSI prefix", ")]}',\n" + Planted.Full()),
        })
        {
            yield return Shape(name, false, Coded.Utf8(text));
        }

        yield return Shape("UTF-16", false, Encoding.Unicode.GetBytes(Planted.Full()));
        yield return Shape("UTF-32", false, Encoding.UTF32.GetBytes(Planted.Full()));
        yield return Shape("Latin-1", false, [.. "{\"state\":\"finished\",\"x\":\"QUOKKA"u8, 0xE9, .. "\"}"u8]);
        yield return Shape("an overlong quote", false, [.. "{\"state\":\"finished\",\"x\":\"QUOKKA"u8, 0xC0, 0xA2, .. "\"}"u8]);
        yield return Shape("a NUL behind it", false, [.. Full, 0]);
        yield return Shape("cut in the middle", false, Full[..(Full.Length / 2)]);
        yield return Shape("cut before the last brace", false, Full[..^1]);
        yield return Shape("64 levels", true, Coded.Utf8("{\"state\":\"finished\",\"x\":" + new string('[', 63) + "\"QUOKKA\"" + new string(']', 63) + "}"));
    }

    private static IEnumerable<FailClosedCell> Sizes()
    {
        static byte[] Padded(int length)
        {
            var start = Planted.Full()[..^1] + ",\"pad\":\"";
            return Coded.Utf8(start + new string('x', length - start.Length - 2) + "\"}");
        }

        const int Cap = 4 << 20;
        yield return new("size", "2 MiB", true, new RawAnswer(Http(Padded(2 << 20))));
        yield return new("size", "the cap", true, new RawAnswer(Http(Padded(Cap))));
        yield return new("size", "one byte more", false, new RawAnswer(Http(Padded(Cap + 1))));
        yield return new("size", "one byte more, in chunks", false, new RawAnswer(Chunked([Padded(Cap + 1)])));
        yield return new("size", "a length of a terabyte", false, new RawAnswer([.. Coded.Utf8("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1099511627776\r\n\r\n"), .. Full], Closes: true));
        yield return new("size", "2 MiB in gzip", false, new RawAnswer(Http(Coded.GZip(Padded(2 << 20)), coding: "Content-Encoding: gzip")));
        yield return new("size", "64 KiB in gzip", true, new RawAnswer(Http(Coded.GZip(Padded(64 << 10)), coding: "Content-Encoding: gzip")));
        foreach (var (name, bytes) in new[] { ("gzip", Coded.GZip(new byte[64 << 20])), ("deflate", Coded.ZLib(new byte[64 << 20])), ("br", Coded.Brotli(new byte[64 << 20])) })
        {
            yield return new("size", $"64 MiB of zeros in {name}", false, new RawAnswer(Http(bytes, coding: $"Content-Encoding: {name}")));
        }
    }

    private static byte[] Chunked(byte[][] chunks, string end = "0\r\n\r\n", string head = "", string extension = "") =>
    [
        .. Coded.Utf8($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n{head}\r\n"),
        .. chunks.SelectMany(chunk => (byte[])[.. Coded.Utf8($"{chunk.Length:x}{extension}\r\n"), .. chunk, .. "\r\n"u8]),
        .. Coded.Utf8(end),
    ];
}
