namespace OzGateway.Tests.Projection;

/// <summary>How an answer may be framed, and how its head may be written.</summary>
internal static partial class FailClosedCells
{
    private const string Type = "Content-Type: application/json\r\n";

    private static FailClosedCell Framing(string name, bool isSafe, byte[] bytes, bool closes = false) => new("framing", name, isSafe, new RawAnswer(bytes, closes));

    private static byte[] With(string head, byte[]? body = null) => [.. Coded.Utf8(head.Replace("LENGTH", $"{Full.Length}", StringComparison.Ordinal)), .. body ?? Full];

    private static IEnumerable<FailClosedCell> Framings()
    {
        var one = (byte[][])[Full];
        yield return Framing("a length", true, Http(Full));
        yield return Framing("one chunk", true, Chunked(one));
        yield return Framing("a chunk for each byte", true, Chunked([.. Full.Select(b => (byte[])[b])]));
        yield return Framing("chunk extensions", true, Chunked(one, extension: ";NUMBAT=QUOKKA"));
        yield return Framing("trailers", true, Chunked(one, "0\r\nX-Numbat: NUMBAT\r\nSet-Cookie: QUOKKA=1\r\n\r\n", "Trailer: X-Numbat\r\n"));
        foreach (var interim in (int[])[100, 102, 103, 199])
        {
            yield return Framing($"a {interim} before it", true, [.. Coded.Utf8($"HTTP/1.1 {interim} QUOKKA\r\nLink: <https://NUMBAT.example>\r\n\r\n"), .. Http(Full)]);
        }

        yield return Framing("an interim answer and no other", false, Coded.Utf8("HTTP/1.1 103 QUOKKA\r\nLink: NUMBAT\r\n\r\n"), closes: true);
        yield return Framing("a length, cut behind a complete document", false, With($"HTTP/1.1 200 OK\r\n{Type}Content-Length: {Full.Length + 10}\r\n\r\n"), closes: true);
        yield return Framing("a length, cut in the document", false, With($"HTTP/1.1 200 OK\r\n{Type}Content-Length: LENGTH\r\n\r\n", Full[..50]), closes: true);
        yield return Framing("a length shorter than the document", false, With($"HTTP/1.1 200 OK\r\n{Type}Content-Length: 40\r\n\r\n"), closes: true);
        yield return Framing("chunks without an end behind a complete document", false, Chunked(one, end: ""), closes: true);
        yield return Framing("chunks that end in a size", false, Chunked(one, end: "5\r\n"), closes: true);
        yield return Framing("chunks whose last line break is missing", false, Chunked(one, end: "0\r\n"), closes: true);
        yield return Framing("chunks, cut in a trailer", false, Chunked(one, end: "0\r\nX-Numbat: NUM"), closes: true);
        yield return Framing("neither length nor chunks: the connection ends it", false, With($"HTTP/1.1 200 OK\r\n{Type}\r\n"), closes: true);
        yield return Framing("the same with Connection: close", false, With($"HTTP/1.1 200 OK\r\n{Type}Connection: close\r\n\r\n"), closes: true);
        yield return Framing("HTTP/1.0, the connection ends it", false, With($"HTTP/1.0 200 OK\r\n{Type}\r\n"), closes: true);
        yield return Framing("HTTP/1.0 with a length", true, With($"HTTP/1.0 200 OK\r\n{Type}Content-Length: LENGTH\r\n\r\n"), closes: true);
        yield return Framing("HTTP/1.0 with chunks", false, [.. "HTTP/1.0"u8, .. Chunked(one)[8..]], closes: true);
        yield return Framing("bytes behind it", true, [.. Http(Full), .. "QUOKKA WALLABY"u8]);
        yield return Framing("a second answer behind it", true, [.. Http(Full), .. Http(Coded.Utf8("""{"state":"processing"}"""))]);
        yield return Framing("a second answer behind its chunks", true, [.. Chunked(one), .. Http(Full)]);
        foreach (var length in (string[])["-1", "+LENGTH", "0xLENGTH", "LENGTH, LENGTH", "LENGTH, 5", "LENGTH LENGTH", "1e3", "99999999999999999999", "", "QUOKKA", "LENGTH;x"])
        {
            yield return Framing($"a length of '{length.Replace("LENGTH", "n", StringComparison.Ordinal)}'", false, With($"HTTP/1.1 200 OK\r\n{Type}Content-Length: {length}\r\n\r\n"), closes: true);
        }

        yield return Framing("two lengths that agree", false, With($"HTTP/1.1 200 OK\r\n{Type}Content-Length: LENGTH\r\nContent-Length: LENGTH\r\n\r\n"));
        yield return Framing("two lengths that differ", false, With($"HTTP/1.1 200 OK\r\n{Type}Content-Length: LENGTH\r\nContent-Length: 5\r\n\r\n"), closes: true);
        yield return Framing("a length and chunks", false, Chunked(one, head: $"Content-Length: {Full.Length}\r\n"));
        foreach (var coding in (string[])["gzip, chunked", "chunked, gzip", "identity", "chunked, chunked", "xchunked", "chunked;x=QUOKKA", "\"chunked\"", "chunked\r\nTransfer-Encoding: identity"])
        {
            yield return Framing($"transfer coding {coding.Replace("\r\n", " | ", StringComparison.Ordinal)}", false,
                [.. Coded.Utf8($"HTTP/1.1 200 OK\r\nTransfer-Encoding: {coding}\r\n{Type}\r\n{Full.Length:x}\r\n"), .. Full, .. "\r\n0\r\n\r\n"u8], closes: true);
        }

        foreach (var size in (string[])["0x10", "-5", "ffffffffffffffffff", "", "QUOKKA", "7fffffff"])
        {
            yield return Framing($"a chunk size of '{size}'", false, [.. Coded.Utf8($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{Type}\r\n{size}\r\n"), .. Full, .. "\r\n0\r\n\r\n"u8], closes: true);
        }

        yield return Framing("a chunk longer than said", false, [.. Coded.Utf8($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{Type}\r\n5\r\n"), .. Full, .. "\r\n0\r\n\r\n"u8], closes: true);
    }

    private static FailClosedCell Head(string name, bool isSafe, string head, bool closes = true) => new("head", name, isSafe, new RawAnswer(With(head), closes));

    private static IEnumerable<FailClosedCell> Heads()
    {
        var rest = $"{Type}Content-Length: LENGTH\r\n\r\n";
        yield return Head("no answer", false, "") with { Answer = new RawAnswer([], Closes: true) };
        yield return Head("half a head", false, "") with { Answer = new RawAnswer(Coded.Utf8("HTTP/1.1 200 OK\r\nX-Kowari: KOW"), Closes: true) };
        yield return Head("no status line", false, "");
        yield return Head("a status line of words", false, "QUOKKA WALLABY NUMBAT\r\n" + rest);
        yield return Head("a status of two digits", false, "HTTP/1.1 20 OK\r\n" + rest);
        yield return Head("a status of four digits", false, "HTTP/1.1 2000 OK\r\n" + rest);
        yield return Head("a status of letters", false, "HTTP/1.1 2OO OK\r\n" + rest);
        yield return Head("HTTP/2.0 in words", false, "HTTP/2.0 200 OK\r\n" + rest);
        yield return Head("HTTP/0.9", false, "");
        yield return Head("no reason", true, "HTTP/1.1 200 \r\n" + rest);
        yield return Head("a long reason", true, "HTTP/1.1 200 " + new string('Q', 4000) + "QUOKKA\r\n" + rest);
        yield return Head("a line without a colon", false, "HTTP/1.1 200 OK\r\nQUOKKA\r\n" + rest);
        yield return Head("an empty name", false, "HTTP/1.1 200 OK\r\n: QUOKKA\r\n" + rest);
        yield return Head("a space before the colon", true, "HTTP/1.1 200 OK\r\nX-Kowari : KOWARI\r\n" + rest);
        yield return Head("a folded line", true, "HTTP/1.1 200 OK\r\nX-Kowari: KOWARI\r\n QUOKKA\r\n" + rest);
        yield return Head("a folded content type", false, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n ; charset=utf-7\r\nContent-Length: LENGTH\r\n\r\n");
        yield return Head("a NUL in a value", true, "HTTP/1.1 200 OK\r\nX-Kowari: KOW\0ARI\r\n" + rest);
        yield return Head("a line feed alone ends lines", true, ("HTTP/1.1 200 OK\r\n" + rest).Replace("\r\n", "\n", StringComparison.Ordinal));
        yield return Head("more than 64 KiB", false, "HTTP/1.1 200 OK\r\nX-Kowari: " + new string('K', 70_000) + "\r\n" + rest);
        foreach (var name in (string[])["Set-Cookie: QUOKKA=WALLABY", "Location: https://NUMBAT.example", "Server: QUOKKA", "Server-Timing: POTOROO", "X-Powered-By: KOWARI", "Refresh: 0;url=https://NUMBAT.example",
            "Content-Location: /NUMBAT", "Content-Disposition: attachment; filename=QUOKKA", "Access-Control-Allow-Origin: https://NUMBAT.example", "Alt-Svc: h3=\"NUMBAT:1\"", "Warning: 199 QUOKKA", "Age: 7",
            "Cache-Control: public", "Link: <https://NUMBAT.example>; rel=preload", "Content-Security-Policy-Report-Only: report-uri https://NUMBAT.example", "WWW-Authenticate: Basic realm=QUOKKA",
            "Connection: X-Kowari\r\nX-Kowari: KOWARI", "Retry-After: 7", "SourceMap: /NUMBAT", "X-Request-Id: QUOKKA", "OzGateway-Transaction-Id: QUOKKA", "Date: QUOKKA", "Via: 1.1 QUOKKA", "Content-Range: bytes 0-9/QUOKKA"])
        {
            yield return Head($"header {name.Split(':')[0]}", true, $"HTTP/1.1 200 OK\r\n{name}\r\n{rest}");
        }
    }
}
