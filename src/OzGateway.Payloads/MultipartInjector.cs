using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// Rewrites a multipart/form-data body: one canonical reader, new part headers, content of files passed on untouched.
/// A line feed followed by the boundary is a delimiter to some readers and content to others: it must be a delimiter of the strict form, else the body is refused.
/// (Longer than other files on purpose: the grammar is read in one place.)
/// </summary>
internal sealed class MultipartInjector : PayloadRewriter
{
    private const int JoinBytes = 256;

    private readonly InjectionState _state;
    private readonly NamedTargets _targets;
    private readonly FieldContent _part;
    private readonly MultipartWriter _writer;
    private readonly byte[] _delimiter;
    private ArrayBufferWriter<byte> _carried = new(256);
    private ArrayBufferWriter<byte> _joined = new(256);
    private MultipartMode _mode;
    private PartHeaders? _headers;
    private bool _isPreamble = true;
    private bool _isDropped;
    private int _parts;
    private int _lineBlockBytes;
    private long _offset;

    public MultipartInjector(InjectionState state, string boundary, string writtenBoundary)
    {
        _state = state;
        _targets = new NamedTargets(state.Plan, InjectionTargetKind.Part, InjectionTargetKind.PartPerKey);
        _part = new FieldContent(state);
        _writer = new MultipartWriter(state, writtenBoundary);
        _delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);
    }

    public override int ReplacedValues => _state.ReplacedValues;

    public override int ForeignValues => _state.ForeignValues;

    private ReadOnlySpan<byte> DashBoundary => _delimiter.AsSpan(2);

    private PayloadLimits Limits => _state.Plan.Limits;

    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        if (_state.Plan.HasSet && _targets.IsEmpty)
        {
            throw Fault(PayloadFault.NoTarget);
        }

        while (_carried.WrittenCount > 0 && !input.IsEmpty)
        {
            input = input[Join(input, output)..];
        }

        if (!input.IsEmpty)
        {
            _carried.Write(input[Consume(input, output)..]);
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        Write([], output);
        if (_mode != MultipartMode.Epilogue && !(_mode == MultipartMode.AfterEnd && _carried.WrittenCount == 0))
        {
            throw Fault(PayloadFault.Truncated);
        }
    }

    private PayloadException Fault(PayloadFault fault) => new(fault, _offset);

    /// <summary>Reads what was left over together with the few bytes that it waits for; the rest is read where it lies.</summary>
    /// <returns>How many bytes of the input are done with.</returns>
    private int Join(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var before = _carried.WrittenCount;
        var added = Math.Min(input.Length, JoinBytes);
        _carried.Write(input[..added]);
        var consumed = Consume(_carried.WrittenSpan, output);
        if (consumed >= before)
        {
            _carried.ResetWrittenCount();
            return consumed - before;
        }

        (_carried, _joined) = (_joined, _carried);
        _carried.ResetWrittenCount();
        _carried.Write(_joined.WrittenSpan[consumed..]);
        return added;
    }

    private int Consume(ReadOnlySpan<byte> window, IBufferWriter<byte> output)
    {
        var consumed = 0;
        while (true)
        {
            var mode = _mode;
            var taken = Step(window[consumed..], output);
            consumed += taken;
            _offset += taken;
            if (taken == 0 && _mode == mode)
            {
                return consumed;
            }
        }
    }

    /// <summary>Takes what can be understood now; zero bytes and the same mode mean that more input is needed.</summary>
    private int Step(ReadOnlySpan<byte> window, IBufferWriter<byte> output) => _mode switch
    {
        MultipartMode.ContentStart => ReadContentStart(window),
        MultipartMode.Content => ReadContent(window, output),
        MultipartMode.AfterBoundary => ReadAfterBoundary(window, output),
        MultipartMode.Headers => ReadHeaderLine(window, output),
        MultipartMode.AfterEnd => ReadAfterEnd(window),
        _ => window.Length,
    };

    private int ReadContentStart(ReadOnlySpan<byte> window)
    {
        if (window.StartsWith(DashBoundary))
        {
            _mode = _isPreamble ? MultipartMode.AfterBoundary : throw Fault(PayloadFault.MalformedMultipart);
            _isPreamble = false;
            return DashBoundary.Length;
        }

        if (!DashBoundary.StartsWith(window))
        {
            _mode = MultipartMode.Content;
        }

        return 0;
    }

    private int ReadContent(ReadOnlySpan<byte> window, IBufferWriter<byte> output)
    {
        var feed = window.IndexOf(_delimiter.AsSpan(1));
        if (feed < 0)
        {
            var safe = window.Length - PossibleDelimiterLength(window);
            Pass(window[..safe], output);
            return safe;
        }

        if (feed == 0 || window[feed - 1] != '\r')
        {
            Pass(window[..feed], output);
            throw new PayloadException(PayloadFault.MalformedMultipart, _offset + feed);
        }

        Pass(window[..(feed - 1)], output);
        _mode = MultipartMode.AfterBoundary;
        var end = feed - 1 + _delimiter.Length;
        if (!_isPreamble)
        {
            EndPart(_offset + end, output);
        }

        _isPreamble = false;
        return end;
    }

    private void Pass(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        if (!_isPreamble)
        {
            _state.Parts?.Content(content);
            _part.Write(content, _offset, output);
            return;
        }

        CountLineBlock(content.Length);
    }

    private void EndPart(long offset, IBufferWriter<byte> output)
    {
        _state.Parts?.End();
        _part.End(offset, output);
        if (!_isDropped)
        {
            output.Write("\r\n"u8);
        }
    }

    /// <summary>How many bytes at the end may be the beginning of a delimiter, also of one without its carriage return.</summary>
    private int PossibleDelimiterLength(ReadOnlySpan<byte> window)
    {
        var length = Math.Min(window.Length, _delimiter.Length - 1);
        var tail = window[^length..];
        while (true)
        {
            var start = tail.IndexOfAny((byte)'\r', (byte)'\n');
            if (start < 0)
            {
                return 0;
            }

            tail = tail[start..];
            if (_delimiter.AsSpan(tail[0] == '\r' ? 0 : 1).StartsWith(tail))
            {
                return tail.Length;
            }

            tail = tail[1..];
        }
    }

    private int ReadAfterBoundary(ReadOnlySpan<byte> window, IBufferWriter<byte> output)
    {
        if (window.Length < 2)
        {
            return 0;
        }

        _lineBlockBytes = 0;
        if (window.StartsWith("\r\n"u8))
        {
            if (++_parts > Limits.MaxParts)
            {
                throw Fault(PayloadFault.TooManyParts);
            }

            _headers = new PartHeaders(_state);
            _mode = MultipartMode.Headers;
        }
        else if (window.StartsWith("--"u8))
        {
            _writer.WriteEnd(_targets, output);
            _mode = MultipartMode.AfterEnd;
        }
        else
        {
            throw Fault(PayloadFault.MalformedMultipart);
        }

        return 2;
    }

    private int ReadHeaderLine(ReadOnlySpan<byte> window, IBufferWriter<byte> output)
    {
        var end = window.IndexOf((byte)'\n');
        if (end < 0)
        {
            return _lineBlockBytes + window.Length > Limits.MaxPartHeaderBytes ? throw Fault(PayloadFault.TooLarge) : 0;
        }

        if (end == 0 || window[end - 1] != '\r')
        {
            throw Fault(PayloadFault.MalformedMultipart);
        }

        CountLineBlock(end + 1);
        if (end > 1)
        {
            _headers!.Add(window[..(end - 1)], _offset);
            return end + 1;
        }

        _headers!.Complete(_offset);
        BeginPart(_headers, output);
        _mode = MultipartMode.ContentStart;
        return 2;
    }

    private void CountLineBlock(int length)
    {
        _lineBlockBytes += length;
        if (_lineBlockBytes > Limits.MaxPartHeaderBytes)
        {
            throw Fault(PayloadFault.TooLarge);
        }
    }

    private void BeginPart(PartHeaders headers, IBufferWriter<byte> output)
    {
        _state.Parts?.Begin(headers.Name, headers);
        var use = _targets.Classify(headers.Name, _offset, out var key, out var perKey);
        if (use == NameUse.PerKey)
        {
            _writer.WritePerKey(perKey!, output);
        }

        _isDropped = use == NameUse.Key;
        if (_isDropped)
        {
            _part.BeginDropped(key);
            return;
        }

        _writer.WriteBoundary(output);
        headers.Write(output);
        if (use == NameUse.Target)
        {
            _part.Begin(headers.Name, _targets.NodeOf(headers.Name), PartUse.Json, _offset);
        }
        else
        {
            _part.Begin(headers.Name, null, headers.IsJson ? PartUse.Json : headers.IsText ? PartUse.Text : PartUse.Sniffed, _offset);
        }
    }

    private int ReadAfterEnd(ReadOnlySpan<byte> window)
    {
        if (!"\r\n"u8.StartsWith(window[..Math.Min(2, window.Length)]))
        {
            throw Fault(PayloadFault.MalformedMultipart);
        }

        _mode = window.Length < 2 ? _mode : MultipartMode.Epilogue;
        return window.Length < 2 ? 0 : 2;
    }
}
