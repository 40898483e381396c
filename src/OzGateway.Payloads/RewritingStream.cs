using System.IO.Pipelines;

namespace OzGateway.Payloads;

/// <summary>
/// Reads a body through a <see cref="PayloadRewriter"/>: read-only, forward-only, asynchronous. The bytes go from the server's own blocks
/// into the reader's buffer: one copy, and nothing is held but what did not fit. Copied to another stream, what only passes is not even
/// copied once: it is written from where it lies.
/// A read of zero bytes waits for bytes and takes none; who leaves that out makes the caller buffer whole uploads.
/// Disposing leaves the body open. Not safe for concurrent reads.
/// </summary>
public sealed class RewritingStream : ReadOnlyStream
{
    private const int LeastRoom = 1024;

    private readonly PipeReader _inner;
    private readonly PayloadRewriter _rewriter;
    private readonly TargetWriter _output = new();
    private readonly PassingWriter _passing = new();
    private bool _completed;
    private bool _disposed;

    /// <summary>Wraps a body.</summary>
    /// <param name="inner">The body as it arrives; stays the caller's.</param>
    /// <param name="rewriter">A fresh rewriter, used for this body alone.</param>
    public RewritingStream(PipeReader inner, PayloadRewriter rewriter)
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

    /// <summary>Whether <see cref="CopyToAsync"/> writes to its destination, or has failed to.</summary>
    public bool IsWriting { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => !_disposed;

    /// <inheritdoc/>
    /// <exception cref="PayloadException">The body is refused.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable();
        var count = _output.TakeHeld(buffer.Span);
        while (count == 0 && !_output.HasHeld && !_completed)
        {
            var read = await ReadInnerAsync(cancellationToken);
            if (buffer.IsEmpty)
            {
                _inner.AdvanceTo(read.Buffer.Start);
                return 0;
            }

            count = Rewrite(read, buffer);
        }

        ReachedEnd |= _completed && count == 0 && !buffer.IsEmpty;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    /// <remarks>The body is written in the pieces in which it arrives, whatever the buffer's size.</remarks>
    /// <exception cref="PayloadException">The body is refused.</exception>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ThrowIfUnusable();
        _passing.Begin(default);
        while (_output.HasHeld)
        {
            _passing.Advance(_output.TakeHeld(_passing.GetSpan(1)));
        }

        await WriteOutAsync(destination, cancellationToken);
        while (!_completed)
        {
            var read = await ReadInnerAsync(cancellationToken);
            var left = read.Buffer.Start;
            try
            {
                for (var next = left; read.Buffer.TryGet(ref next, out var piece);)
                {
                    Rewrite(piece);
                    await WriteOutAsync(destination, cancellationToken);
                }

                left = read.Buffer.End;
            }
            finally
            {
                _inner.AdvanceTo(left);
            }

            if (read.IsCompleted)
            {
                Rewrite(null);
                await WriteOutAsync(destination, cancellationToken);
            }
        }

        ReachedEnd = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _output.Dispose();
            _passing.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<ReadResult> ReadInnerAsync(CancellationToken cancellationToken)
    {
        var read = await _inner.ReadAsync(cancellationToken);
        if (read.IsCanceled)
        {
            _inner.AdvanceTo(read.Buffer.Start);
            throw new OperationCanceledException("The reading of the body was cancelled.");
        }

        return read;
    }

    private async ValueTask WriteOutAsync(Stream destination, CancellationToken cancellationToken)
    {
        IsWriting = true;
        await _passing.WriteToAsync(destination, cancellationToken);
        IsWriting = false;
    }

    /// <summary>Rewrites a piece; none is the end.</summary>
    private void Rewrite(ReadOnlyMemory<byte>? piece)
    {
        _passing.Begin(piece ?? default);
        try
        {
            if (piece is { } bytes)
            {
                _rewriter.Write(bytes.Span, _passing);
                return;
            }

            _rewriter.Complete(_passing);
            _completed = true;
        }
        catch (PayloadException fault)
        {
            Fault = fault;
            throw;
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Fault is not null)
        {
            throw Fault;
        }
    }

    /// <summary>Rewrites as much as fits into the target; what a rewriter writes beyond that is held for the next read.</summary>
    private int Rewrite(ReadResult read, Memory<byte> target)
    {
        _output.Begin(target);
        var left = read.Buffer;
        try
        {
            while (!left.IsEmpty && !_output.HasHeld && (_output.Room >= LeastRoom || _output.Written == 0))
            {
                var piece = left.FirstSpan;
                piece = piece[..Math.Min(piece.Length, Math.Max(_output.Room, 1))];
                left = left.Slice(piece.Length);
                _rewriter.Write(piece, _output);
            }

            if (read.IsCompleted && left.IsEmpty)
            {
                _rewriter.Complete(_output);
                _completed = true;
            }
        }
        catch (PayloadException fault)
        {
            Fault = fault;
            _output.Dispose();
            throw;
        }
        finally
        {
            _inner.AdvanceTo(left.Start);
        }

        return _output.End();
    }
}
