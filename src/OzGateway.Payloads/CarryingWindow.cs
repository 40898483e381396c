using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>
/// Input that arrives in slices, for a reader that takes what it can understand and leaves the rest: what was left is kept and read together
/// with the few bytes that it waits for; everything else is read where it lies.
/// </summary>
/// <param name="read">Takes a window and says how many bytes of it are done with.</param>
internal sealed class CarryingWindow(Func<ReadOnlySpan<byte>, IBufferWriter<byte>, int> read)
{
    private const int JoinBytes = 256;

    private ArrayBufferWriter<byte> _carried = new(JoinBytes);
    private ArrayBufferWriter<byte> _joined = new(JoinBytes);

    /// <summary>Whether nothing is left over.</summary>
    public bool IsEmpty => _carried.WrittenCount == 0;

    /// <summary>Reads the next slice.</summary>
    public void Read(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        while (!IsEmpty && !input.IsEmpty)
        {
            input = input[Join(input, output)..];
        }

        if (!input.IsEmpty)
        {
            _carried.Write(input[read(input, output)..]);
        }
    }

    /// <summary>Reads what was left over together with the next bytes.</summary>
    /// <returns>How many bytes of the input are done with.</returns>
    private int Join(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var before = _carried.WrittenCount;
        var added = Math.Min(input.Length, JoinBytes);
        _carried.Write(input[..added]);
        var consumed = read(_carried.WrittenSpan, output);
        if (consumed >= before)
        {
            _carried.ResetWrittenCount();
            return consumed - before;
        }

        if (consumed == 0)
        {
            return added;
        }

        (_carried, _joined) = (_joined, _carried);
        _carried.ResetWrittenCount();
        _carried.Write(_joined.WrittenSpan[consumed..]);
        return added;
    }
}
