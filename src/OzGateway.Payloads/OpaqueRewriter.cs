using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Passes an encrypted container on, byte for byte.</summary>
internal sealed class OpaqueRewriter : PayloadRewriter
{
    public override int ReplacedValues => 0;

    public override int ForeignValues => 0;

    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output) => PassingWriter.Pass(input, output);

    public override void Complete(IBufferWriter<byte> output)
    {
    }
}
