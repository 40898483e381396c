using OzGateway.Simulator.Recording;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>A submission or poll as the adapter understood it.</summary>
internal sealed record AdapterCall(
    RequestKind Kind,
    string? Session,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<ReceivedPart> Parts,
    IReadOnlyList<ReceivedPart> Media,
    Answer? Refusal)
{
    /// <summary>Of a body that was broken off there is only the head to tell a poll by: it is JSON and announces no more than this.</summary>
    private const int PollBytes = 64 * 1024;

    public static AdapterCall Parse(Dialect dialect, HttpRequest request, RequestKind kind, ReadBody body)
    {
        if (!body.Complete)
        {
            return Broken(dialect, request, kind, body);
        }

        if (BodyFields.Parse(request.ContentType, body) is not { } fields)
        {
            var refusal = Answer.Error(StatusCodes.Status400BadRequest, "bad_request", "The body is not JSON");
            return new AdapterCall(kind, null, new Dictionary<string, string>(), body.Parts, [], refusal);
        }

        var metadata = MetadataReader.Read(dialect, fields);
        var media = fields.Media(dialect.MediaName);
        var isPoll = kind == RequestKind.Poll
            || (SharesPath(dialect)
                && fields.Kind == BodyKind.Json && metadata.Count == 0 && media.Count == 0);
        return new AdapterCall(
            isPoll ? RequestKind.Poll : RequestKind.Submission,
            SessionOf(dialect, request, fields),
            metadata,
            fields.Kind == BodyKind.Json ? media : fields.Kind == BodyKind.Form ? Bounded(fields.Parts) : fields.Parts,
            media,
            isPoll || dialect.Bodies.Contains(fields.Kind)
                ? null
                : Answer.Error(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "The body has a form that is not taken"));
    }

    private static AdapterCall Broken(Dialect dialect, HttpRequest request, RequestKind kind, ReadBody body)
    {
        var isPoll = kind == RequestKind.Poll
            || (SharesPath(dialect) && request.HasJsonContentType() && request.ContentLength is <= PollBytes);
        var fields = new BodyFields(BodyKind.Multipart, body.Parts, null);
        return new AdapterCall(
            isPoll ? RequestKind.Poll : RequestKind.Submission, SessionOf(dialect, request, fields), MetadataReader.Read(dialect, fields), body.Parts, [], null);
    }

    private static bool SharesPath(Dialect dialect) => dialect.Paths.Poll == dialect.Paths.Submit && dialect.PollMethod == "POST";

    private static string? SessionOf(Dialect dialect, HttpRequest request, BodyFields fields) => dialect.SessionCarrier switch
    {
        SessionCarrier.Body when fields.Kind != BodyKind.Container => fields.Text(dialect.SessionName),
        SessionCarrier.Body or SessionCarrier.Query => request.Query[dialect.SessionName].LastOrDefault(),
        SessionCarrier.Cookie => request.Cookies[dialect.SessionName],
        SessionCarrier.Header => request.Headers[dialect.SessionName].LastOrDefault(),
        _ => throw new InvalidOperationException($"Session carrier '{dialect.SessionCarrier}' is not known."),
    };

    private static ReceivedPart[] Bounded(IReadOnlyList<ReceivedPart> parts) =>
        [.. parts.Select(static part => part.Length <= ReceivedRequest.KeptPartBytes ? part : part with { Bytes = null })];
}
