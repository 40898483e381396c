using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>
/// Reads a body through a <see cref="PayloadRewriter"/>: read-only, forward-only, in slices of at most 64 KiB.
/// A read of zero bytes is passed to the inner stream when nothing is pending; who leaves that out makes the caller buffer whole uploads.
/// Disposing gives the buffers back and leaves the inner stream open. Not safe for concurrent reads.
/// </summary>
public sealed class RewritingStream : Stream
{
    private const int SliceBytes = 64 * 1024;

    private readonly Stream _inner;
    private readonly PayloadRewriter _rewriter;
    private readonly PooledBuffer _pending = new();
    private byte[]? _slice;
    private bool _completed;
    private bool _disposed;

    /// <summary>Wraps a body.</summary>
    /// <param name="inner">The body as it arrives; stays the caller's.</param>
    /// <param name="rewriter">A fresh rewriter, used for this body alone.</param>
    public RewritingStream(Stream inner, PayloadRewriter rewriter)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(rewriter);
        _inner = inner;
        _rewriter = rewriter;
    }

    /// <summary>Whether the reader was told the end of the rewritten body: only then was it passed on whole.</summary>
    public bool ReachedEnd { get; private set; }

    /// <summary>Why the body was refused, or <see langword="null"/>. Every later read throws it again.</summary>
    public PayloadException? Fault { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => !_disposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not supported: the length is known only at the end.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="PayloadException">The body is refused.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable();
        while (_pending.Length == 0 && !_completed)
        {
            if (buffer.IsEmpty)
            {
                ReleaseBuffers();
                return await _inner.ReadAsync(buffer, cancellationToken);
            }

            var count = await _inner.ReadAsync(Slice().AsMemory(0, SliceBytes), cancellationToken);
            Rewrite(count);
        }

        return Take(buffer.Span);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    /// <exception cref="PayloadException">The body is refused.</exception>
    public override int Read(Span<byte> buffer)
    {
        ThrowIfUnusable();
        while (_pending.Length == 0 && !_completed)
        {
            if (buffer.IsEmpty)
            {
                ReleaseBuffers();
                return _inner.Read(buffer);
            }

            Rewrite(_inner.Read(Slice(), 0, SliceBytes));
        }

        return Take(buffer);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <summary>Does nothing: the stream is read-only.</summary>
    public override void Flush()
    {
    }

    /// <summary>Not supported.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            ReleaseBuffers();
            _pending.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Fault is not null)
        {
            throw Fault;
        }
    }

    private byte[] Slice() => _slice ??= ArrayPool<byte>.Shared.Rent(SliceBytes);

    private void ReleaseBuffers()
    {
        if (_slice is { } slice)
        {
            _slice = null;
            ArrayPool<byte>.Shared.Return(slice);
        }

        _pending.Release();
    }

    private void Rewrite(int count)
    {
        try
        {
            if (count > 0)
            {
                _rewriter.Write(_slice.AsSpan(0, count), _pending);
                return;
            }

            _rewriter.Complete(_pending);
            _completed = true;
        }
        catch (PayloadException fault)
        {
            Fault = fault;
            ReleaseBuffers();
            throw;
        }
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _pending.Length);
        _pending.Written[..count].CopyTo(buffer);
        _pending.Consume(count);
        ReachedEnd |= _completed && count == 0 && !buffer.IsEmpty;
        return count;
    }
}
