using OzGateway.Payloads;

namespace OzGateway.Projection;

/// <summary>From an answer of the adapter to the bytes that may leave, or a fault.</summary>
internal static class AnswerProjector
{
    /// <summary>A result: a new document with the allowed members only.</summary>
    public static async ValueTask<ProjectedAnswer> ProjectAsync(HttpResponseMessage answer, Stream body, ProjectionPolicy policy, CancellationToken cancellationToken)
    {
        if (!AnswerHead.IsReadAsJson(answer, policy.JsonTypes))
        {
            throw new AnswerRefusedException(AnswerRefusal.MediaType);
        }

        using var reader = policy.Projector.Open();
        await ReadAsync((answer, body), new AnswerBody(policy.Limits.MaxDocumentBytes, policy.MaxInflateRatio), reader, cancellationToken);
        return reader.Complete();
    }

    /// <summary>A session answer: passed whole, unless a secret's name stands in it.</summary>
    public static async ValueTask<AdmittedAnswer> AdmitAsync(HttpResponseMessage answer, Stream body, SessionAnswerPolicy policy, CancellationToken cancellationToken)
    {
        var admitted = new AdmittedAnswer();
        try
        {
            await ReadAsync((answer, body), new AnswerBody(policy.Limits.MaxDocumentBytes, policy.MaxInflateRatio), admitted, cancellationToken);
            Check(answer, admitted.Document.Span, policy);
            return admitted;
        }
        catch (IOException)
        {
            admitted.Dispose();
            throw;
        }
    }

    private static void Check(HttpResponseMessage answer, ReadOnlySpan<byte> document, SessionAnswerPolicy policy)
    {
        var type = MediaType.TryParse(AnswerHead.ContentType(answer, out _), out var read) ? read : null;
        if (type?.Kind is PayloadKind.Json || SensitiveNames.LooksLikeJson(document))
        {
            policy.Sensitive.Check(document, policy.Limits);
        }
        else if (!document.IsEmpty && !(type is not null && policy.OtherTypes.Contains(type.Type)))
        {
            throw new AnswerRefusedException(AnswerRefusal.MediaType);
        }
    }

    private static ValueTask ReadAsync((HttpResponseMessage Head, Stream Body) answer, AnswerBody limits, IAnswerReader reader, CancellationToken cancellationToken)
    {
        var coding = AnswerHead.Coding(answer.Head) ?? throw new AnswerRefusedException(AnswerRefusal.Coding);
        if (answer.Head.Content.Headers.ContentLength > limits.MaxBytes)
        {
            throw new PayloadException(PayloadFault.TooLarge, limits.MaxBytes);
        }

        return limits.ReadAsync(answer.Body, coding, reader, cancellationToken);
    }
}

/// <summary>An answer is refused for its head.</summary>
/// <param name="refusal">Why.</param>
internal sealed class AnswerRefusedException(AnswerRefusal refusal) : IOException(nameof(AnswerRefusedException))
{
    /// <summary>Why.</summary>
    public AnswerRefusal Refusal { get; } = refusal;
}
