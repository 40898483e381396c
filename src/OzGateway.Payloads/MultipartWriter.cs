using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>Writes the boundaries of a multipart body and the parts that the gateway adds.</summary>
internal sealed class MultipartWriter(InjectionState state, string boundary)
{
    private readonly byte[] _dashBoundary = Encoding.ASCII.GetBytes("--" + boundary);

    public void WriteBoundary(IBufferWriter<byte> output)
    {
        output.Write(_dashBoundary);
        output.Write("\r\n"u8);
    }

    /// <summary>Writes one part for each key that is set, unless our values stand in the output already.</summary>
    public void WritePerKey(InjectionTarget target, IBufferWriter<byte> output)
    {
        if (state.Injected)
        {
            return;
        }

        for (var i = 0; i < state.Plan.SetKeys.Length; i++)
        {
            WritePart(target.NameFor(state.Plan.SetKeys[i]), state.Plan.SetValues[i], output);
        }

        state.Injected = true;
    }

    /// <summary>Ends the body: creates the target when none occurred, then writes the closing boundary.</summary>
    public void WriteEnd(NamedTargets targets, IBufferWriter<byte> output)
    {
        if (state.Plan.HasSet && !state.Injected)
        {
            WriteCreated(targets, output);
        }

        output.Write(_dashBoundary);
        output.Write("--\r\n"u8);
    }

    private void WriteCreated(NamedTargets targets, IBufferWriter<byte> output)
    {
        var target = targets.Created;
        if (target.Kind == InjectionTargetKind.PartPerKey)
        {
            WritePerKey(target, output);
            return;
        }

        var created = new ArrayBufferWriter<byte>();
        state.Plan.WriteCreated(targets.NodeOf(target.Name!), created);
        WritePart(target.Name!, created.WrittenSpan, output);
        state.Injected = true;
    }

    private void WritePart(string name, ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        WriteBoundary(output);
        PartHeaders.WriteDisposition(name, output);
        output.Write("\r\n\r\n"u8);
        output.Write(content);
        output.Write("\r\n"u8);
    }
}
