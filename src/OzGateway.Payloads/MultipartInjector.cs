using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>
/// Rewrites a multipart/form-data body: one canonical reader, new part headers, content of files passed on untouched.
/// A line feed followed by the boundary is a delimiter to some readers and content to others: it must be a delimiter of the strict form, else the body is refused.
/// </summary>
internal sealed class MultipartInjector : PayloadRewriter
{
    private readonly InjectionState _state;
    private readonly MultipartParts _parts;
    private readonly MultipartDelimiter _delimiter;
    private readonly CarryingWindow _window;
    private MultipartMode _mode;
    private PartHeaders? _headers;
    private bool _isPreamble = true;
    private int _count;
    private int _lineBlockBytes;
    private long _offset;

    public MultipartInjector(InjectionState state, string boundary, string writtenBoundary)
    {
        _state = state;
        _parts = new MultipartParts(state, writtenBoundary);
        _delimiter = new MultipartDelimiter(boundary);
        _window = new CarryingWindow(Consume);
    }

    public override int ReplacedValues => _state.ReplacedValues;

    public override int ForeignValues => _state.ForeignValues;

    private PayloadLimits Limits => _state.Plan.Limits;

    public override void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        _parts.CheckTarget(_offset);
        _window.Read(input, output);
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        Write([], output);
        if (_mode != MultipartMode.Epilogue && !(_mode == MultipartMode.AfterEnd && _window.IsEmpty))
        {
            throw Fault(PayloadFault.Truncated);
        }
    }

    private PayloadException Fault(PayloadFault fault) => new(fault, _offset);

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
        if (window.StartsWith(_delimiter.AtStart))
        {
            _mode = _isPreamble ? MultipartMode.AfterBoundary : throw Fault(PayloadFault.MalformedMultipart);
            _isPreamble = false;
            return _delimiter.AtStart.Length;
        }

        if (!_delimiter.AtStart.StartsWith(window))
        {
            _mode = MultipartMode.Content;
        }

        return 0;
    }

    private int ReadContent(ReadOnlySpan<byte> window, IBufferWriter<byte> output)
    {
        var feed = window.IndexOf(_delimiter.AfterLineFeed);
        if (feed < 0)
        {
            var safe = window.Length - _delimiter.PossibleLength(window);
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
            _parts.End(_offset + end, output);
        }

        _isPreamble = false;
        return end;
    }

    private void Pass(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        if (!_isPreamble)
        {
            _parts.Write(content, _offset, output);
            return;
        }

        CountLineBlock(content.Length);
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
            if (++_count > Limits.MaxParts)
            {
                throw Fault(PayloadFault.TooManyParts);
            }

            _headers = new PartHeaders(_state);
            _mode = MultipartMode.Headers;
        }
        else if (window.StartsWith("--"u8))
        {
            _parts.Close(output);
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
        _parts.Begin(_headers, _offset, output);
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
