using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OzGateway.Simulator.Dialects;

/// <summary>The bodies a client of the dialect sends.</summary>
internal static class DialectBodies
{
    private const string Boundary = "----WebKitFormBoundaryQ7hB3xT9sW2kLm5Z";

    public static HttpContent Json(JsonObject document)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(document.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    public static HttpContent Submission(
        Dialect dialect, string session, IReadOnlyDictionary<string, string> meta, IReadOnlyList<MediaPart> media, BodyKind kind) => kind switch
        {
            BodyKind.Multipart => Multipart(dialect, session, meta, media),
            BodyKind.Json => JsonSubmission(dialect, session, meta, media),
            BodyKind.Form => Form(dialect, session, meta, media),
            BodyKind.Container => Binary("application/octet-stream", media.Count > 0 ? media[0].Content : default),
            _ => throw new InvalidOperationException($"Body kind '{kind}' is not known."),
        };

    private static MultipartFormDataContent Multipart(
        Dialect dialect, string session, IReadOnlyDictionary<string, string> meta, IReadOnlyList<MediaPart> media)
    {
        var content = new MultipartFormDataContent(Boundary);
        // Browsers do not quote the boundary.
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}");
        foreach (var (name, value) in Entries(dialect, dialect.MultipartMetadata, session, meta))
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
            content.Add(part, $"\"{name}\"");
        }

        foreach (var item in media)
        {
            var part = Binary(item.ContentType, item.Content);
            // As a browser writes it: without the filename* that .NET adds and RFC 7578 forbids.
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{dialect.MediaName}\"; filename=\"{item.FileName}\"");
            content.Add(part);
        }

        return content;
    }

    private static HttpContent JsonSubmission(
        Dialect dialect, string session, IReadOnlyDictionary<string, string> meta, IReadOnlyList<MediaPart> media)
    {
        var document = new JsonObject();
        if (dialect.SessionCarrier == SessionCarrier.Body)
        {
            document[dialect.SessionName] = session;
        }

        Place(document, dialect.JsonMetadata, meta);
        document[dialect.MediaName] = new JsonArray([.. media.Select(static item => new JsonObject
        {
            ["name"] = item.FileName,
            ["type"] = item.ContentType,
            ["data"] = Convert.ToBase64String(item.Content.Span),
        })]);
        return Json(document);
    }

    private static FormUrlEncodedContent Form(
        Dialect dialect, string session, IReadOnlyDictionary<string, string> meta, IReadOnlyList<MediaPart> media) =>
        new(
        [
            .. Entries(dialect, dialect.FormMetadata, session, meta),
            .. media.Select(item => KeyValuePair.Create(dialect.MediaName, Convert.ToBase64String(item.Content.Span))),
        ]);

    private static IEnumerable<KeyValuePair<string, string>> Entries(
        Dialect dialect, MetadataPlace place, string session, IReadOnlyDictionary<string, string> meta)
    {
        if (dialect.SessionCarrier == SessionCarrier.Body)
        {
            yield return KeyValuePair.Create(dialect.SessionName, session);
        }

        if (place.Form == MetadataForm.EntryPerKey)
        {
            foreach (var (key, value) in meta)
            {
                yield return KeyValuePair.Create(place.EntryName(key), value);
            }

            yield break;
        }

        var document = new JsonObject();
        Place(document, place, meta);
        yield return KeyValuePair.Create(place.Name!, document.ToJsonString());
    }

    private static void Place(JsonObject root, MetadataPlace place, IReadOnlyDictionary<string, string> meta)
    {
        var holder = root;
        foreach (var member in place.Form == MetadataForm.JsonInString ? place.Path.SkipLast(1) : place.Path)
        {
            var next = new JsonObject();
            holder[member] = next;
            holder = next;
        }

        var target = place.Form == MetadataForm.JsonInString ? [] : holder;
        foreach (var (key, value) in meta)
        {
            target[key] = value;
        }

        if (place.Form == MetadataForm.JsonInString)
        {
            holder[place.Path[^1]] = target.ToJsonString();
        }
    }

    private static ReadOnlyMemoryContent Binary(string contentType, ReadOnlyMemory<byte> bytes)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}
