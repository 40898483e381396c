using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Writes into a buffer that somebody else gave, and holds what does not fit.</summary>
internal sealed class TargetWriter : IBufferWriter<byte>, IDisposable
{
    private readonly PooledBuffer _held = new();
    private Memory<byte> _target;
    private bool _isInTarget;

    /// <summary>Whether something is held that the target had no room for.</summary>
    public bool HasHeld => _held.Length > 0;

    /// <summary>What the target can still take.</summary>
    public int Room => _target.Length - Written;

    /// <summary>What stands in the target.</summary>
    public int Written { get; private set; }

    /// <summary>Begins to write into another target. Nothing may be held.</summary>
    public void Begin(Memory<byte> target) => (_target, Written) = (target, 0);

    /// <summary>Lets the target go.</summary>
    /// <returns>How many bytes stand in it.</returns>
    public int End()
    {
        _target = default;
        return Written;
    }

    /// <summary>Moves what is held.</summary>
    public int TakeHeld(Span<byte> target)
    {
        var count = Math.Min(target.Length, _held.Length);
        _held.Written[..count].CopyTo(target);
        _held.Consume(count);
        if (_held.Length == 0)
        {
            _held.Release();
        }

        return count;
    }

    public void Advance(int count)
    {
        if (_isInTarget)
        {
            Written += count;
        }
        else
        {
            _held.Advance(count);
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        _isInTarget = _held.Length == 0 && Room >= Math.Max(sizeHint, 1);
        return _isInTarget ? _target[Written..] : _held.GetMemory(sizeHint);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => _held.Release();
}
