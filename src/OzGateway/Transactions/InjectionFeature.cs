using System.IO.Pipelines;
using OzGateway.Payloads;

namespace OzGateway.Transactions;

/// <summary>How the body of this call is rewritten on its way to the adapter.</summary>
/// <param name="kind">Kind of the body.</param>
/// <param name="contentType">The media type as the adapter is told it.</param>
/// <param name="rewriter">The rewriter, used once.</param>
internal sealed class InjectionFeature(PayloadKind kind, string contentType, PayloadRewriter rewriter)
{
    /// <summary>Kind of the body.</summary>
    public PayloadKind Kind { get; } = kind;

    /// <summary>The media type as the adapter is told it: ours, for the page's may hold more than a type.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>The rewriter.</summary>
    public PayloadRewriter Rewriter { get; } = rewriter;

    /// <summary>How the body is built, where the route asks for it.</summary>
    public SubmissionShape? Shape => (Rewriter as ShapeWatch)?.Shape;

    /// <summary>The rewritten body, once forwarding has begun.</summary>
    public RewritingStream? Body { get; private set; }

    /// <summary>Begins to rewrite. Called once.</summary>
    /// <param name="body">The body as it arrives.</param>
    public RewritingStream Open(PipeReader body) => Body = new RewritingStream(body, Rewriter);

    /// <summary>The whole body was handed on: the adapter may have judged it.</summary>
    public bool IsWhole => Body is { ReachedEnd: true };
}
