using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Rewrites a multipart/form-data body.</summary>
internal sealed class MultipartInjector(InjectionState state, string boundary) : PayloadRewriter
{
    public override int ReplacedValues => state.ReplacedValues;
    public override int ForeignValues => state.ForeignValues;
    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output) => throw new NotImplementedException(boundary);
    public override void Complete(IBufferWriter<byte> output) => throw new NotImplementedException();
}
