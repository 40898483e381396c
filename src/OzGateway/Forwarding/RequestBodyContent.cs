using System.Net;
using OzGateway.Transactions;

namespace OzGateway.Forwarding;

/// <summary>The body on its way to the adapter: sent once, whatever the connection does, and under the clock.</summary>
internal sealed class RequestBodyContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly DeadlineFeature _deadline;
    private readonly SentBody? _body;
    private int _begun;

    /// <summary>Takes over the content with its headers.</summary>
    /// <param name="inner">The content.</param>
    /// <param name="body">What it reads, where that can write itself.</param>
    /// <param name="deadline">The clock.</param>
    public RequestBodyContent(HttpContent inner, SentBody? body, DeadlineFeature deadline)
    {
        (_inner, _body, _deadline) = (inner, body, deadline);
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
        var watched = new WatchedStream(stream, _deadline);
        _body?.Destination = watched;
        await _inner.CopyToAsync(watched, context, cancellationToken);
        if (_body?.NotTaken is { } fault)
        {
            throw new IOException("The adapter did not take the body.", fault);
        }

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
