using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>
/// A text too long to be held: passed on window by window, each looked through before it leaves, together with the end of the one before.
/// A key that is given a value in it cannot be removed any more, so it ends the body. Where the text is the base64 of a text, that is looked through too.
/// </summary>
/// <param name="state">What is known of the body.</param>
/// <param name="isEscaped">Whether the text comes with the escapes of JSON.</param>
/// <param name="depth">How many layers of base64 are above it.</param>
internal sealed class LongText(InjectionState state, bool isEscaped, int depth = 0)
{
    /// <summary>Longest text that is held whole, and about how much of a longer one is.</summary>
    public const int WindowBytes = 16 * 1024;

    private const int MaxDepth = 3;

    // What is kept of the window before: no spelling of a key with its sign is longer, escapes included.
    private const int OverlapBytes = 2048;

    // \u0074
    private const int LongestEscape = 6;

    private readonly ArrayBufferWriter<byte> _window = new(0x100);
    private LongText? _decoded;
    private bool _isFirst = true;
    private int _carry;
    private int _passed;

    /// <summary>Begins another text.</summary>
    public void Reset()
    {
        _window.ResetWrittenCount();
        _decoded = null;
        _isFirst = true;
        (_carry, _passed) = (0, 0);
    }

    /// <summary>Takes the next piece of the text.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="offset">Where it stands, for faults.</param>
    /// <param name="output">Takes what may leave; null when it is only looked at.</param>
    public void Write(ReadOnlySpan<byte> piece, long offset, IBufferWriter<byte>? output)
    {
        while (!piece.IsEmpty)
        {
            var room = WindowBytes + OverlapBytes - _window.WrittenCount;
            var taken = Math.Min(room, piece.Length);
            _window.Write(piece[..taken]);
            piece = piece[taken..];
            if (taken == room)
            {
                Look(offset, output, isEnd: false);
            }
        }
    }

    /// <summary>The text has ended.</summary>
    public void End(long offset, IBufferWriter<byte>? output) => Look(offset, output, isEnd: true);

    private void Look(long offset, IBufferWriter<byte>? output, bool isEnd)
    {
        var window = _window.WrittenSpan;
        if (state.Plan.Keys.Readings.FindAssigned(window, isPiece: true) >= 0)
        {
            throw new PayloadException(PayloadFault.HiddenKey, offset);
        }

        var end = isEnd || !isEscaped ? window.Length : EndOfWholeEscapes(window);
        var fresh = window[_passed..end];
        LookDecoded(fresh, offset, isEnd);
        output?.Write(fresh);
        var start = Math.Max(0, end - OverlapBytes);
        var kept = window[start..].ToArray();
        _passed = end - start;
        _window.ResetWrittenCount();
        _window.Write(kept);
    }

    private int EndOfWholeEscapes(ReadOnlySpan<byte> window)
    {
        var tail = Math.Max(_passed, window.Length - LongestEscape);
        var backslash = window[tail..].LastIndexOf((byte)'\\');
        return backslash < 0 ? window.Length : tail + backslash;
    }

    private void LookDecoded(ReadOnlySpan<byte> fresh, long offset, bool isEnd)
    {
        if (isEscaped && TextEscapes.TryUndo(fresh, out var plain))
        {
            fresh = plain;
        }

        if (_isFirst && depth < MaxDepth)
        {
            _isFirst = false;
            _decoded = Base64Text.TryDecode(fresh, out _) ? new LongText(state, isEscaped: false, depth + 1) : null;
            fresh = _decoded is null ? fresh : Base64Text.Payload(fresh);
        }

        if (_decoded is null)
        {
            return;
        }

        var target = ArrayPool<byte>.Shared.Rent(fresh.Length + 4);
        _decoded.Write(Base64Text.Decode(fresh, target, ref _carry, isEnd), offset, null);
        ArrayPool<byte>.Shared.Return(target);
        // Nothing may wait here for more: what it came from leaves now.
        _decoded.Look(offset, null, isEnd);
    }
}
