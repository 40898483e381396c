using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Takes what nobody reads.</summary>
internal sealed class DiscardedOutput : IBufferWriter<byte>
{
    private byte[] _room = new byte[512];

    /// <inheritdoc/>
    public void Advance(int count)
    {
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < sizeHint)
        {
            _room = new byte[sizeHint];
        }

        return _room;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
