using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Takes what a rewriter writes, in order, without copying what only passes: of that it remembers where it lies in the input.</summary>
internal sealed class PassingWriter : IBufferWriter<byte>, IDisposable
{
    // Less is not worth a write of its own.
    private const int LeastPassed = 1024;

    private readonly PooledBuffer _own = new();
    private readonly List<(bool IsOwn, int Start, int Length)> _pieces = [];
    private ReadOnlyMemory<byte> _input;
    private int _cut;

    /// <summary>Writes content that the rewriter does not change.</summary>
    public static void Pass(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        if (output is not PassingWriter passing || !passing.TryPass(content))
        {
            output.Write(content);
        }
    }

    /// <summary>Begins another piece of the body; what was written is gone. The piece must not change until <see cref="WriteToAsync"/> has ended.</summary>
    public void Begin(ReadOnlyMemory<byte> input)
    {
        _input = input;
        _pieces.Clear();
        _own.Consume(_own.Length);
        _cut = 0;
    }

    /// <summary>Writes all of it to a stream.</summary>
    public async ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        CutOwn();
        for (var i = 0; i < _pieces.Count; i++)
        {
            var (isOwn, start, length) = _pieces[i];
            await destination.WriteAsync((isOwn ? _own.WrittenMemory : _input).Slice(start, length), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Advance(int count) => _own.Advance(count);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _own.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _own.GetSpan(sizeHint);

    public void Dispose()
    {
        _pieces.Clear();
        _own.Release();
    }

    private bool TryPass(ReadOnlySpan<byte> content)
    {
        if (content.Length < LeastPassed || !_input.Span.Overlaps(content, out var start) || start < 0 || start + content.Length > _input.Length)
        {
            return false;
        }

        CutOwn();
        _pieces.Add((false, start, content.Length));
        return true;
    }

    private void CutOwn()
    {
        if (_own.Length > _cut)
        {
            _pieces.Add((true, _cut, _own.Length - _cut));
            _cut = _own.Length;
        }
    }
}
