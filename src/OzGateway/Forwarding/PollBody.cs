using System.Buffers;
using System.Net;
using OzGateway.Transactions;

namespace OzGateway.Forwarding;

/// <summary>The body of a poll, read whole beforehand: it leaves with its head in one piece, and once.</summary>
internal sealed class PollBody : HttpContent
{
    // A rewritten body is seldom longer than it was.
    private const int LeastRoom = 1024;

    private readonly DeadlineFeature _deadline;
    private byte[] _block = [];
    private int _length;
    private bool _isBegun;
    private bool _isSent;

    private PollBody(DeadlineFeature deadline) => _deadline = deadline;

    /// <summary>Reads the body of a call, and rewrites it where the journey decided so.</summary>
    /// <param name="http">The call, with a known length.</param>
    /// <param name="deadline">Its clock.</param>
    public static async ValueTask<PollBody> ReadAsync(HttpContext http, DeadlineFeature deadline)
    {
        var body = new PollBody(deadline);
        if (http.Request.ContentLength is not > 0)
        {
            return body;
        }

        var injection = http.Features.Get<InjectionFeature>();
        if (injection is null)
        {
            await body.FillAsync(http.Request.Body, http);
            return body;
        }

        using var rewritten = injection.Open(http.Request.BodyReader);
        await body.FillAsync(rewritten, http);
        return body;
    }

    /// <summary>The media type as the adapter is told it.</summary>
    public void SetType(InjectionFeature injection)
    {
        Headers.Remove("Content-Type");
        Headers.TryAddWithoutValidation("Content-Type", injection.ContentType);
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_isBegun)
        {
            throw new InvalidOperationException("A body is sent to the adapter at most once.");
        }

        _isBegun = true;
        _deadline.RequestSent();
        var sending = stream.WriteAsync(_block.AsMemory(0, _length), cancellationToken);
        if (sending.IsCompletedSuccessfully)
        {
            _isSent = true;
            return Task.CompletedTask;
        }

        return EndAsync(sending);
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        // What may still be on its way to a slow adapter is nobody else's memory.
        if (disposing && (_isSent || !_isBegun) && _block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
        }

        base.Dispose(disposing);
    }

    private async Task EndAsync(ValueTask sending)
    {
        await sending;
        _isSent = true;
    }

    private async ValueTask FillAsync(Stream body, HttpContext http)
    {
        _block = ArrayPool<byte>.Shared.Rent((int)http.Request.ContentLength!.Value + LeastRoom);
        while (await body.ReadAsync(_block.AsMemory(_length), http.RequestAborted) is > 0 and var count)
        {
            _length += count;
            if (_block.Length - _length < LeastRoom)
            {
                var longer = ArrayPool<byte>.Shared.Rent(_block.Length * 2);
                _block.AsSpan(0, _length).CopyTo(longer);
                ArrayPool<byte>.Shared.Return(_block);
                _block = longer;
            }
        }
    }
}
