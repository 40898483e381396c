using System.Buffers;

namespace OzGateway.Tests.Payloads;

/// <summary>A document in two segments of memory, as a pipe would hold it.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    public static ReadOnlySequence<byte> Of(byte[] document, int cut)
    {
        var first = new Segments(document.AsMemory(0, cut), 0);
        var second = new Segments(document.AsMemory(cut), cut);
        first.Next = second;
        return new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);
    }
}
