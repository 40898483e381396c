using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>
/// A rewriter that also notes how the body is built, as the client sent it. It changes nothing of what the inner rewriter writes or refuses;
/// it reads the body a second time and is meant for learning an adapter, not for every day.
/// </summary>
public sealed class ShapeWatch : PayloadRewriter
{
    private readonly PayloadRewriter _inner;
    private readonly PayloadRewriter? _parts;
    private readonly StrictJsonReader? _json;
    private readonly DiscardedOutput _nowhere = new();
    private readonly int _body = -1;
    private long _length;

    /// <summary>Watches a body.</summary>
    /// <param name="inner">Rewrites it.</param>
    /// <param name="kind">How it is read.</param>
    /// <param name="limits">The bounds of the reading.</param>
    /// <param name="multipartBoundary">The boundary of the Content-Type; needed for <see cref="PayloadKind.Multipart"/> only.</param>
    /// <exception cref="ArgumentException">The boundary is missing or invalid.</exception>
    public ShapeWatch(PayloadRewriter inner, PayloadKind kind, PayloadLimits limits, string? multipartBoundary = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(limits);
        _inner = inner;
        // Media may stand in a document: only an answer is short.
        var wide = limits with { MaxDocumentBytes = int.MaxValue };
        switch (kind)
        {
            case PayloadKind.Json:
                _json = new StrictJsonReader(new JsonShape(Shape, root: null), wide);
                break;
            case PayloadKind.Opaque:
                _body = Shape.Add(SubmissionShape.Body, ShapeKind.Opaque, mediaType: null);
                break;
            default:
                var state = new InjectionState(new InjectionPlan(new InjectionRules { Limits = limits })) { Parts = new PartShapes(Shape, wide) };
                _parts = Create(kind, state, multipartBoundary, writtenBoundary: null);
                break;
        }
    }

    /// <summary>What was seen so far.</summary>
    public SubmissionShape Shape { get; } = new();

    /// <inheritdoc/>
    public override int ReplacedValues => _inner.ReplacedValues;

    /// <inheritdoc/>
    public override int ForeignValues => _inner.ForeignValues;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        if (!input.IsEmpty && Shape.Fault is null)
        {
            See(input);
        }

        _inner.Write(input, output);
    }

    /// <inheritdoc/>
    public override void Complete(IBufferWriter<byte> output)
    {
        if (Shape.Fault is null)
        {
            See([]);
        }

        _inner.Complete(output);
    }

    /// <summary>Reads on; no more bytes mean the end.</summary>
    private void See(ReadOnlySpan<byte> input)
    {
        _length += input.Length;
        Shape.Grow(_body, _length);
        try
        {
            if (input.IsEmpty)
            {
                _json?.Complete();
                _parts?.Complete(_nowhere);
                Shape.IsWhole = true;
            }
            else
            {
                _json?.Read(input);
                _parts?.Write(input, _nowhere);
            }
        }
        catch (PayloadException fault)
        {
            Shape.Fault = fault.Fault;
        }
    }
}
