using System.Text;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>The breakages of an answer as bytes and headers.</summary>
internal static class BrokenBytes
{
    /// <summary>Stands in the text where the bytes that are not UTF-8 come.</summary>
    public const string InvalidMark = "@@not-utf-8@@";

    private const string Folder = "33333333-3333-4333-8333-333333333333";

    public static Answer Break(Answer answer, Breakage breakage, Verdict verdict)
    {
        var word = BrokenResults.Word(verdict);
        return breakage switch
        {
            Breakage.Html => Page(answer, "<p>It works!</p>"),
            Breakage.HtmlWithJson => Page(answer, $"<script>window.result = {Encoding.UTF8.GetString(answer.Body)};</script>"),
            Breakage.NotJson => answer with { Body = Encoding.UTF8.GetBytes($"Notice: resolution {word}, confidence_spoofing 0.9731 in request.php on line 12") },
            Breakage.Truncated => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
            Breakage.CutConnection => answer with { Ending = AnswerEnding.Cut },
            Breakage.NoAnswer => answer with { Ending = AnswerEnding.Nothing },
            Breakage.Stalled => answer with { Ending = AnswerEnding.Stalled },
            Breakage.ErrorStatus500WithDetails => Details(word),
            Breakage.Redirect => new Answer { Status = StatusCodes.Status302Found, Headers = [new("Location", $"/done.php?folder_id={Folder}&resolution={word}")] },
            Breakage.ExtraHeaders => answer with { Headers = [.. answer.Headers, .. Extra(word)], ReasonPhrase = $"OK {word}" },
            Breakage.WrongContentType => answer with { ContentType = "image/png" },
            Breakage.NoContentType => answer with { ContentType = null },
            Breakage.InvalidUtf8 => answer with { Body = WithoutUtf8(answer.Body) },
            Breakage.TrailingDocument => answer with { Body = [.. answer.Body, .. Encoding.UTF8.GetBytes($"\n{{\"resolution\":\"{word}\"}}")] },
            Breakage.EmptyBody => answer with { Body = [] },
            Breakage.EarlyRefusal => Answer.Error(StatusCodes.Status503ServiceUnavailable, "overloaded", $"No room for another check; the last one was {word}"),
            _ => answer,
        };
    }

    private static Answer Page(Answer answer, string content) => answer with
    {
        ContentType = "text/html; charset=UTF-8",
        Body = Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><body>{content}</body></html>"),
    };

    private static Answer Details(string word) => Answer.Json(
        $"{{\"error_code\":11,\"error_message\":\"Folder {Folder}: {word}\",\"details\":{{\"confidence_spoofing\":0.9731,"
        + $"\"original_url\":\"https://oz-api.example.test/static/{Folder}.zip\"}}}}",
        status: StatusCodes.Status500InternalServerError) with
    { ReasonPhrase = $"Internal error {word}" };

    private static KeyValuePair<string, string>[] Extra(string word) =>
    [
        new("X-Forensic-Access-Token", new string('a', 128)),
        new("X-Oz-Resolution", word),
        new("X-Folder-Id", Folder),
        new("Server-Timing", $"analysis;desc=\"{word}\";dur=53"),
        new("ETag", $"\"{word}-0.9731\""),
        new("Last-Modified", "Wed, 01 Jan 2025 00:00:00 GMT"),
        new("Set-Cookie", $"resolution={word}; path=/"),
        new("Link", $"</static/{Folder}.zip>; rel=\"preload\""),
        new("Content-Disposition", $"inline; filename=\"{word}.json\""),
    ];

    private static byte[] WithoutUtf8(byte[] body)
    {
        var at = body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(InvalidMark));
        return at < 0 ? [.. body, 0xFF] : [.. body[..at], 0xFF, 0xFE, 0xC0, 0xAF, .. body[(at + InvalidMark.Length)..]];
    }
}
