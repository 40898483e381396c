using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>
/// Rewrites a body as it passes, in bounded memory: the client's keys are removed wherever they stand, then the gateway's are set once.
/// However the input is sliced, the output is the same. Not safe for concurrent use; after a fault it must not be used again.
/// </summary>
public abstract class PayloadRewriter
{
    /// <summary>Client values removed so far, for set and for strip keys.</summary>
    public abstract int ReplacedValues { get; }

    /// <summary>Client values removed so far that stood under a set key and differ from the gateway's value.</summary>
    public abstract int ForeignValues { get; }

    /// <summary>Creates the rewriter for one body.</summary>
    /// <param name="kind">How the body is read.</param>
    /// <param name="rules">What is removed and set.</param>
    /// <param name="multipartBoundary">The boundary of the Content-Type; needed for <see cref="PayloadKind.Multipart"/> only.</param>
    /// <param name="writtenBoundary">The boundary to write, which the client must not be able to guess; by default the same.</param>
    /// <exception cref="ArgumentException">The rules contradict themselves, or the boundary is missing or invalid.</exception>
    public static PayloadRewriter Create(PayloadKind kind, InjectionRules rules, string? multipartBoundary = null, string? writtenBoundary = null) =>
        Create(kind, new InjectionPlan(rules), multipartBoundary, writtenBoundary);

    /// <summary>Creates the rewriter for one body.</summary>
    /// <param name="kind">How the body is read.</param>
    /// <param name="plan">What is removed and set.</param>
    /// <param name="multipartBoundary">The boundary of the Content-Type; needed for <see cref="PayloadKind.Multipart"/> only.</param>
    /// <param name="writtenBoundary">The boundary to write, which the client must not be able to guess; by default the same.</param>
    /// <exception cref="ArgumentException">The boundary is missing or invalid.</exception>
    public static PayloadRewriter Create(PayloadKind kind, InjectionPlan plan, string? multipartBoundary = null, string? writtenBoundary = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Create(kind, new InjectionState(plan), multipartBoundary, writtenBoundary);
    }

    /// <summary>Takes the next bytes of the body and writes what can already be passed on.</summary>
    /// <param name="input">The next bytes; may be empty.</param>
    /// <param name="output">Takes the rewritten bytes.</param>
    /// <exception cref="PayloadException">The body is refused; what was written so far must not look complete to anyone.</exception>
    public abstract void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output);

    /// <summary>The body has ended: writes what is left. Called once.</summary>
    /// <param name="output">Takes the rewritten bytes.</param>
    /// <exception cref="PayloadException">The body is incomplete or refused.</exception>
    public abstract void Complete(IBufferWriter<byte> output);

    private protected static PayloadRewriter Create(PayloadKind kind, InjectionState state, string? multipartBoundary, string? writtenBoundary)
    {
        switch (kind)
        {
            case PayloadKind.Json: return new JsonMemberInjector(state);
            case PayloadKind.Multipart:
                return multipartBoundary is not null && MediaType.IsBoundary(multipartBoundary)
                    ? new MultipartInjector(state, multipartBoundary, writtenBoundary ?? multipartBoundary)
                    : throw new ArgumentException("A multipart body needs a boundary of 1 to 70 characters.", nameof(multipartBoundary));
            case PayloadKind.Form: return new FormInjector(state);
            case PayloadKind.Opaque: return new OpaqueRewriter();
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of payload.");
        }
    }
}
