using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>What becomes of the parts of a multipart body: each is rewritten, dropped or passed on, and ours are added.</summary>
internal sealed class MultipartParts(InjectionState state, string writtenBoundary)
{
    private readonly NamedTargets _targets = new(state.Plan, InjectionTargetKind.Part, InjectionTargetKind.PartPerKey);
    private readonly FieldContent _content = new(state);
    private readonly MultipartWriter _writer = new(state, writtenBoundary);
    private bool _isDropped;

    /// <summary>Refuses a body in which there is no place for what is set.</summary>
    public void CheckTarget(long offset)
    {
        if (state.Plan.HasSet && _targets.IsEmpty)
        {
            throw new PayloadException(PayloadFault.NoTarget, offset);
        }
    }

    /// <summary>A part begins.</summary>
    public void Begin(PartHeaders headers, long offset, IBufferWriter<byte> output)
    {
        state.Parts?.Begin(headers.Name, headers);
        var found = _targets.Classify(headers.Name, offset);
        _isDropped = found.Use is NameUse.Key or NameUse.Unkept;
        if (_isDropped)
        {
            _content.BeginDropped(found);
            return;
        }

        if (found.Use is NameUse.PerKey)
        {
            _writer.WritePerKey(found.Target!, output);
        }

        _writer.WriteBoundary(output);
        headers.Write(output);
        if (found.Use is NameUse.Target)
        {
            _content.BeginTarget(headers.Name, _targets.NodeOf(headers.Name), offset);
            return;
        }

        _content.Begin(headers.Name, headers.IsJson ? PartUse.Json : headers.IsText ? PartUse.Text : PartUse.Sniffed, found.Kept, offset);
    }

    /// <summary>The next bytes of its content.</summary>
    public void Write(ReadOnlySpan<byte> content, long offset, IBufferWriter<byte> output)
    {
        state.Parts?.Content(content);
        _content.Write(content, offset, output);
    }

    /// <summary>The part has ended.</summary>
    public void End(long offset, IBufferWriter<byte> output)
    {
        state.Parts?.End();
        _content.End(offset, output);
        if (!_isDropped)
        {
            output.Write("\r\n"u8);
        }
    }

    /// <summary>The last part has ended.</summary>
    public void Close(IBufferWriter<byte> output) => _writer.WriteEnd(_targets, output);
}
