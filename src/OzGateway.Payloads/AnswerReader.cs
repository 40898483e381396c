namespace OzGateway.Payloads;

/// <summary>Reads one answer, slice by slice, and ends in the document that may leave. Give it back with <see cref="Dispose"/>.</summary>
public sealed class AnswerReader : IAnswerReader, IDisposable
{
    private readonly JsonProjector _projector;
    private readonly ResultReader _results;
    private readonly StrictJsonReader _reader;
    private bool _isRented;

    internal AnswerReader(JsonProjector projector, ResultReader results)
    {
        (_projector, _results) = (projector, results);
        _reader = new StrictJsonReader(results, projector.Limits);
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> slice)
    {
        ObjectDisposedException.ThrowIf(!_isRented, this);
        _reader.Read(slice);
    }

    /// <summary>The answer has no more bytes.</summary>
    /// <exception cref="PayloadException">It is not whole, or holds no clear state.</exception>
    public ProjectedAnswer Complete()
    {
        ObjectDisposedException.ThrowIf(!_isRented, this);
        _reader.Complete();
        return _projector.Conclude(_results, _reader.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isRented)
        {
            _isRented = false;
            _projector.Return(this);
        }
    }

    internal AnswerReader Begin()
    {
        _isRented = true;
        _reader.Reset();
        _results.Reset();
        return this;
    }
}
