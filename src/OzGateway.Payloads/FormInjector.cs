using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OzGateway.Payloads;

/// <summary>
/// Rewrites a form: pairs are split at <c>&amp;</c> only, decoded strictly and encoded anew, so that no server can split or decode them otherwise.
/// One pair is held at a time.
/// </summary>
internal sealed class FormInjector(InjectionState state) : PayloadRewriter
{
    private readonly NamedTargets _targets = new(state.Plan, InjectionTargetKind.Field, InjectionTargetKind.FieldPerKey);
    private readonly EmbeddedText _embedded = new(state, level: 0);
    private readonly ArrayBufferWriter<byte> _pair = new(256);
    private readonly ArrayBufferWriter<byte> _value = new(256);
    private bool _hasOutput;
    private int _fields;
    private long _offset;

    public override int ReplacedValues => state.ReplacedValues;

    public override int ForeignValues => state.ForeignValues;

    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        if (state.Plan.HasSet && _targets.IsEmpty)
        {
            throw Fault(PayloadFault.NoTarget);
        }

        while (!input.IsEmpty)
        {
            var end = input.IndexOf((byte)'&');
            var slice = end < 0 ? input : input[..end];
            Hold(slice);
            if (end >= 0)
            {
                EndPair(output);
            }

            var taken = end < 0 ? slice.Length : end + 1;
            _offset += taken;
            input = input[taken..];
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        Write([], output);
        EndPair(output);
        if (!state.Plan.HasSet || state.Injected)
        {
            return;
        }

        var target = _targets.Created;
        if (target.Kind == InjectionTargetKind.FieldPerKey)
        {
            WritePerKey(target, output);
            return;
        }

        var created = new ArrayBufferWriter<byte>();
        state.Plan.WriteCreated(_targets.NodeOf(target.Name!), created);
        WriteField(target.Name!, created.WrittenSpan, output);
        state.Injected = true;
    }

    private PayloadException Fault(PayloadFault fault) => new(fault, _offset);

    private void Hold(ReadOnlySpan<byte> slice)
    {
        if (_pair.WrittenCount + slice.Length > state.Plan.Limits.MaxEmbeddedBytes)
        {
            throw Fault(PayloadFault.TooLarge);
        }

        _pair.Write(slice);
    }

    private void EndPair(IBufferWriter<byte> output)
    {
        var pair = _pair.WrittenSpan;
        if (!pair.IsEmpty)
        {
            if (++_fields > state.Plan.Limits.MaxParts)
            {
                throw Fault(PayloadFault.TooManyParts);
            }

            var equals = pair.IndexOf((byte)'=');
            var name = Encoding.UTF8.GetString(Decode(equals < 0 ? pair : pair[..equals]));
            Take(name, equals < 0 ? [] : Decode(pair[(equals + 1)..]), output);
        }

        _pair.ResetWrittenCount();
    }

    private byte[] Decode(ReadOnlySpan<byte> text)
    {
        var decoded = new byte[text.Length];
        var length = FormText.Decode(text, decoded);
        if (length < 0)
        {
            throw Fault(PayloadFault.MalformedForm);
        }

        return Utf8.IsValid(decoded.AsSpan(0, length)) ? decoded[..length] : throw Fault(PayloadFault.InvalidUtf8);
    }

    private void Take(string name, byte[] value, IBufferWriter<byte> output)
    {
        if (name.Length == 0 || name.Any(char.IsControl))
        {
            throw Fault(PayloadFault.MalformedForm);
        }

        var use = _targets.Classify(name, _offset, out var key, out var perKey);
        if (use == NameUse.PerKey)
        {
            WritePerKey(perKey!, output);
        }

        switch (use)
        {
            case NameUse.Key:
                state.CountReplaced();
                state.Compare(key, value, isReadable: true, _offset);
                return;
            case NameUse.Target:
                WriteRewritten(name, value, _targets.NodeOf(name), output);
                return;
            default:
                WriteRewritten(name, value, null, output);
                return;
        }
    }

    private void WriteRewritten(string name, byte[] value, PathNode? node, IBufferWriter<byte> output)
    {
        if (node is null && !EmbeddedText.MayHoldJson(value))
        {
            WriteField(name, value, output);
            return;
        }

        _value.ResetWrittenCount();
        _embedded.RewriteText(value, node, _offset, _value);
        WriteField(name, _value.WrittenSpan, output);
    }

    private void WritePerKey(InjectionTarget target, IBufferWriter<byte> output)
    {
        if (state.Injected)
        {
            return;
        }

        for (var i = 0; i < state.Plan.SetKeys.Length; i++)
        {
            WriteField(target.NameFor(state.Plan.SetKeys[i]), state.Plan.SetValues[i], output);
        }

        state.Injected = true;
    }

    private void WriteField(string name, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        output.Write(_hasOutput ? "&"u8 : ""u8);
        _hasOutput = true;
        FormText.Encode(Encoding.UTF8.GetBytes(name), output);
        output.Write("="u8);
        FormText.Encode(value, output);
    }
}
