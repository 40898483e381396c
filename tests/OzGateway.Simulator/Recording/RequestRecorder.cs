using Microsoft.AspNetCore.Http.Features;

namespace OzGateway.Simulator.Recording;

/// <summary>Writes down requests.</summary>
internal sealed class RequestRecorder(ReceivedRequests received)
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>The request's place in the order; taken before its body is read.</summary>
    public long Begin() => received.NextNumber();

    public void Record(
        HttpContext context, long number, RequestKind kind, ReadBody body,
        IReadOnlyDictionary<string, string>? metadata = null, string? session = null, IReadOnlyList<ReceivedPart>? parts = null)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        received.Add(new ReceivedRequest
        {
            Number = number,
            Face = kind == RequestKind.OzApi ? Face.OzApi : Face.WebAdapter,
            Kind = kind,
            Method = context.Request.Method,
            Path = question < 0 ? target : target[..question],
            Query = question < 0 ? "" : target[question..],
            Headers =
            [
                .. context.Request.Headers.SelectMany(static field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))),
            ],
            Body = body.Kept,
            BodyLength = body.Length,
            BodySha256 = body.Sha256,
            Parts = parts ?? body.Parts,
            Metadata = metadata ?? NoMetadata,
            AdapterSession = session,
            Complete = body.Complete,
        });
    }
}
