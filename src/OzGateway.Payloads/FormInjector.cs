using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Rewrites a form.</summary>
internal sealed class FormInjector(InjectionState state) : PayloadRewriter
{
    public override int ReplacedValues => state.ReplacedValues;
    public override int ForeignValues => state.ForeignValues;
    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output) => throw new NotImplementedException();
    public override void Complete(IBufferWriter<byte> output) => throw new NotImplementedException();
}
