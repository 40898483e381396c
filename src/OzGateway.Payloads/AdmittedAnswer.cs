namespace OzGateway.Payloads;

/// <summary>An answer that passes whole where nothing forbids it: held in pooled memory until it has been looked through.</summary>
public sealed class AdmittedAnswer : IAnswerReader, IDisposable
{
    private readonly PooledBuffer _document = new();

    /// <summary>What was read.</summary>
    public ReadOnlyMemory<byte> Document => _document.WrittenMemory;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> slice)
    {
        slice.CopyTo(_document.GetSpan(slice.Length));
        _document.Advance(slice.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();
}
