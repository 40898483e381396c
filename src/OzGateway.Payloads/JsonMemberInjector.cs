using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Rewrites a JSON body.</summary>
internal sealed class JsonMemberInjector(InjectionState state) : PayloadRewriter
{
    private readonly JsonMachine _machine = new(state, level: 0, state.Plan.JsonRoot);
    private long _offset;

    public override int ReplacedValues => state.ReplacedValues;

    public override int ForeignValues => state.ForeignValues;

    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        if (state.Plan.HasSet && state.Plan.JsonRoot is null)
        {
            throw new PayloadException(PayloadFault.NoTarget, 0);
        }

        _offset += input.Length;
        _machine.Write(input, output);
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        Write([], output);
        _machine.Complete(output);
        if (state.Plan.HasSet && !state.Injected)
        {
            throw new PayloadException(PayloadFault.NoTarget, _offset);
        }
    }
}
