using System.Net;

namespace OzGateway.Forwarding;

/// <summary>The body on its way to the adapter: sent once, whatever the connection does, and under the clock.</summary>
internal sealed class RequestBodyContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly DeadlineFeature _deadline;
    private int _begun;

    /// <summary>Takes over the content with its headers.</summary>
    public RequestBodyContent(HttpContent inner, DeadlineFeature deadline)
    {
        (_inner, _deadline) = (inner, deadline);
        Headers.TakeOver(inner.Headers);
        Headers.ContentLength = inner.Headers.ContentLength;
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _begun, 1) == 1)
        {
            throw new InvalidOperationException("A body is sent to the adapter at most once.");
        }

        // The connection's stream is not ours to dispose.
        await _inner.CopyToAsync(new WatchedStream(stream, _deadline), context, cancellationToken);
        _deadline.RequestSent();
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
