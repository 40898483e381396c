using System.Net;
using System.Net.Http.Headers;
using OzGateway.Payloads;

namespace OzGateway.Projection;

/// <summary>Why an answer is refused before a byte of its body is read, or when the body breaks off.</summary>
internal enum AnswerRefusal
{
    /// <summary>Not 200, 201 or 202.</summary>
    Status,

    /// <summary>Its length is not given in exactly one way: a body that ends with its connection cannot be told from one that was cut off.</summary>
    Framing,

    /// <summary>Coded in a way that is not read, or in several.</summary>
    Coding,

    /// <summary>Of a type that is not read, or none or several.</summary>
    MediaType,

    /// <summary>It ended before its length.</summary>
    CutOff,
}

/// <summary>What the head of an answer says about its body. Read from the raw values: the typed ones leave out what they do not understand.</summary>
internal static class AnswerHead
{
    private const string Json = "application/json";

    /// <summary>Why nothing of the answer can be read, or null.</summary>
    public static AnswerRefusal? Refuse(HttpResponseMessage answer) =>
        answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted) ? AnswerRefusal.Status :
        !IsFramed(answer) ? AnswerRefusal.Framing : null;

    /// <summary>How the body is coded; null where that cannot be read.</summary>
    public static ContentCoding? Coding(HttpResponseMessage answer) => Values(answer.Content.Headers, "Content-Encoding") switch
    {
        { Count: 0 } => ContentCoding.Identity,
        { Count: 1 } values => CodingOf(values.ToString()),
        _ => null,
    };

    /// <summary>The one content type; null where there is none or several. Empty and several are told apart by <paramref name="isAbsent"/>.</summary>
    public static string? ContentType(HttpResponseMessage answer, out bool isAbsent)
    {
        var values = Values(answer.Content.Headers, "Content-Type");
        isAbsent = values.Count == 0;
        return values.Count == 1 ? values.ToString() : null;
    }

    /// <summary>Whether the body is read as JSON.</summary>
    public static bool IsReadAsJson(HttpResponseMessage answer, IReadOnlySet<string> jsonTypes)
    {
        var value = ContentType(answer, out var isAbsent);
        if (isAbsent)
        {
            return jsonTypes.Contains(string.Empty);
        }

        return value == Json || (MediaType.TryParse(value, out var type) && type.Fault is null && (type.Kind is PayloadKind.Json || jsonTypes.Contains(type.Type)));
    }

    private static bool IsFramed(HttpResponseMessage answer)
    {
        var lengths = Values(answer.Content.Headers, "Content-Length");
        var codings = Values(answer.Headers, "Transfer-Encoding");
        return (lengths.Count, codings.Count) switch
        {
            // A number too large to be one is none to the client, which then reads until the connection ends.
            (1, 0) => IsNumber(lengths.ToString()) && answer.Content.Headers.ContentLength is not null,
            (0, 1) => answer.Version >= HttpVersion.Version11 && codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static ContentCoding? CodingOf(string value) => value.Trim().ToLowerInvariant() switch
    {
        "identity" => ContentCoding.Identity,
        "gzip" or "x-gzip" => ContentCoding.GZip,
        "deflate" => ContentCoding.Deflate,
        "br" => ContentCoding.Brotli,
        _ => null,
    };

    private static bool IsNumber(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static HeaderStringValues Values(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values : default;
}
