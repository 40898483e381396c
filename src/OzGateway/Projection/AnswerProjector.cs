using System.Buffers;
using OzGateway.Payloads;

namespace OzGateway.Projection;

/// <summary>From an answer of the adapter to the bytes that may leave, or a fault.</summary>
internal static class AnswerProjector
{
    /// <summary>A result: a new document with the allowed members only.</summary>
    public static async Task<(ProjectedState State, ReadOnlyMemory<byte> Document)> ProjectAsync(
        HttpResponseMessage answer, ProjectionPolicy policy, CancellationToken cancellationToken)
    {
        if (!IsReadAsJson(answer, policy))
        {
            throw new PayloadException(PayloadFault.UnsupportedEncoding, 0);
        }

        var document = await AnswerDecoder.ReadAsync(answer, policy.Limits.MaxDocumentBytes, policy.MaxInflateRatio, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        var state = new JsonProjector(policy.Rules, policy.Limits).Project(document.Span, output);
        return (state, output.WrittenMemory);
    }

    /// <summary>A session answer: passed whole, unless a secret's name stands in it.</summary>
    public static async Task<ReadOnlyMemory<byte>> AdmitAsync(HttpResponseMessage answer, SessionAnswerPolicy policy, CancellationToken cancellationToken)
    {
        var document = await AnswerDecoder.ReadAsync(answer, policy.Limits.MaxDocumentBytes, policy.MaxInflateRatio, cancellationToken);
        if (TypeOf(answer)?.Kind is PayloadKind.Json || SensitiveNames.LooksLikeJson(document.Span))
        {
            policy.Sensitive.Check(document.Span, policy.Limits);
        }
        else if (document.Length > 0 && !(TypeOf(answer) is { } type && policy.OtherTypes.Contains(type.Type)))
        {
            throw new PayloadException(PayloadFault.UnsupportedEncoding, 0);
        }

        return document;
    }

    private static bool IsReadAsJson(HttpResponseMessage answer, ProjectionPolicy policy)
    {
        if (!answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values))
        {
            return policy.JsonTypes.Contains(string.Empty);
        }

        return TypeOf(answer) is { Fault: null } type && values.Count == 1
            && (type.Kind is PayloadKind.Json || policy.JsonTypes.Contains(type.Type));
    }

    private static MediaType? TypeOf(HttpResponseMessage answer) =>
        answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) && values.Count == 1
        && MediaType.TryParse(values.ToString(), out var type) ? type : null;
}
