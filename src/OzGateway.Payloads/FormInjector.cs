using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OzGateway.Payloads;

/// <summary>
/// Rewrites a form: pairs are split at <c>&amp;</c> only, decoded strictly and encoded anew, so that no server can split or decode them otherwise.
/// Names are held, long values pass as they arrive.
/// </summary>
internal sealed class FormInjector(InjectionState state) : PayloadRewriter
{
    private readonly NamedTargets _targets = new(state.Plan, InjectionTargetKind.Field, InjectionTargetKind.FieldPerKey);
    private readonly FieldContent _content = new(state);
    private readonly ArrayBufferWriter<byte> _name = new(64);
    private readonly ArrayBufferWriter<byte> _decoded = new(256);
    private readonly ArrayBufferWriter<byte> _value = new(256);
    private readonly byte[] _cut = new byte[2];
    private int _cutLength;
    private bool _isMalformed;
    private bool _isInValue;
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
            var end = _isInValue ? input.IndexOf((byte)'&') : input.IndexOfAny((byte)'=', (byte)'&');
            var slice = end < 0 ? input : input[..end];
            _offset += slice.Length;
            Read(slice, output);
            if (end >= 0)
            {
                _offset++;
                End(input[end], output);
                slice = input[..(end + 1)];
            }

            input = input[slice.Length..];
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        Write([], output);
        End((byte)'&', output);
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
        WriteName(target.Name!, output);
        FormText.Encode(created.WrittenSpan, output);
        state.Injected = true;
    }

    private PayloadException Fault(PayloadFault fault) => new(fault, _offset);

    private void Read(ReadOnlySpan<byte> slice, IBufferWriter<byte> output)
    {
        if (_isInValue)
        {
            ReadValue(slice, output);
            return;
        }

        if (_name.WrittenCount + slice.Length > state.Plan.Limits.MaxHeldBytes)
        {
            throw Fault(PayloadFault.TooLarge);
        }

        _name.Write(slice);
    }

    private void End(byte separator, IBufferWriter<byte> output)
    {
        if (!_isInValue && (separator == '=' || _name.WrittenCount > 0))
        {
            BeginValue(output);
        }

        if (separator == '&' && _isInValue)
        {
            EndValue(output);
        }
    }

    private void BeginValue(IBufferWriter<byte> output)
    {
        if (++_fields > state.Plan.Limits.MaxParts)
        {
            throw Fault(PayloadFault.TooManyParts);
        }

        _decoded.ResetWrittenCount();
        Decode(_name.WrittenSpan);
        _name.ResetWrittenCount();
        _isInValue = true;
        var name = !Utf8.IsValid(_decoded.WrittenSpan) ? throw Fault(PayloadFault.InvalidUtf8) : Encoding.UTF8.GetString(_decoded.WrittenSpan);
        if (_isMalformed || _cutLength > 0 || name.Length == 0 || name.Any(char.IsControl))
        {
            throw Fault(PayloadFault.MalformedForm);
        }

        state.Parts?.Begin(name, headers: null);
        var found = _targets.Classify(name, _offset);
        if (found.Use is NameUse.Key or NameUse.Unkept)
        {
            _content.BeginDropped(found);
            return;
        }

        if (found.Use is NameUse.PerKey)
        {
            WritePerKey(found.Target!, output);
        }

        WriteName(name, output);
        if (found.Use is NameUse.Target)
        {
            _content.BeginTarget(name, _targets.NodeOf(name), _offset);
        }
        else
        {
            _content.Begin(name, PartUse.Text, found.Kept, _offset);
        }
    }

    private void ReadValue(ReadOnlySpan<byte> slice, IBufferWriter<byte> output)
    {
        _decoded.ResetWrittenCount();
        Decode(slice);
        state.Parts?.Content(_decoded.WrittenSpan);
        _content.Write(_decoded.WrittenSpan, _offset, _value);
        PassOn(_isMalformed ? throw Fault(PayloadFault.MalformedForm) : output);
    }

    private void EndValue(IBufferWriter<byte> output)
    {
        if (_cutLength > 0)
        {
            throw Fault(PayloadFault.MalformedForm);
        }

        state.Parts?.End();
        _content.End(_offset, _value);
        PassOn(output);
        _isInValue = false;
    }

    private void PassOn(IBufferWriter<byte> output)
    {
        FormText.Encode(_value.WrittenSpan, output);
        _value.ResetWrittenCount();
    }

    /// <summary>Decodes the next slice of a name or value; an escape that it cuts waits for the rest.</summary>
    private void Decode(ReadOnlySpan<byte> slice)
    {
        while (_cutLength > 0 && !slice.IsEmpty && !_isMalformed)
        {
            if (_cutLength == 2)
            {
                DecodeWhole([_cut[0], _cut[1], slice[0]]);
                _cutLength = 0;
            }
            else
            {
                _cut[_cutLength++] = slice[0];
            }

            slice = slice[1..];
        }

        if (_isMalformed)
        {
            return;
        }

        var tail = slice[^Math.Min(2, slice.Length)..];
        var cut = tail.LastIndexOf((byte)'%');
        var cutLength = cut < 0 ? 0 : tail.Length - cut;
        DecodeWhole(slice[..^cutLength]);
        if (cutLength > 0)
        {
            tail[cut..].CopyTo(_cut);
            _cutLength = cutLength;
        }
    }

    private void DecodeWhole(ReadOnlySpan<byte> text)
    {
        _isMalformed |= !FormText.TryDecode(text, _decoded.GetSpan(Math.Max(text.Length, 1)), out var length);
        _decoded.Advance(length);
    }

    private void WritePerKey(InjectionTarget target, IBufferWriter<byte> output)
    {
        if (state.Injected)
        {
            return;
        }

        for (var i = 0; i < state.Plan.SetKeys.Length; i++)
        {
            WriteName(target.NameFor(state.Plan.SetKeys[i]), output);
            FormText.Encode(state.Plan.SetValues[i], output);
        }

        state.Injected = true;
    }

    private void WriteName(string name, IBufferWriter<byte> output)
    {
        output.Write(_hasOutput ? "&"u8 : ""u8);
        _hasOutput = true;
        FormText.Encode(Encoding.UTF8.GetBytes(name), output);
        output.Write("="u8);
    }
}
