using System.Buffers;
using System.Text;

namespace OzGateway.Payloads;

/// <summary>
/// Rewrites a text that may hold JSON: a JSON string, a form field or a part. A text that only starts like JSON passes unchanged,
/// unless it gives a value to a key of ours (a laxer reader might still find it) or stands where metadata must sit.
/// </summary>
internal sealed class EmbeddedText(InjectionState state, int level)
{
    private readonly ArrayBufferWriter<byte> _rewritten = new(64);
    private readonly ArrayBufferWriter<byte> _unescaped = new(64);
    private JsonMachine? _machine;

    /// <summary>White space, and the invisible characters that lax readers skip before JSON.</summary>
    public static bool IsLeading(int character) => character is ' ' or (>= '\t' and <= '\r') or '\0' or 0x85 or 0xA0 or 0xFEFF or 0x200B or 0x2060;

    /// <summary>Whether a valid UTF-8 text starts like a JSON object or array.</summary>
    public static bool MayHoldJson(ReadOnlySpan<byte> text)
    {
        var start = LeadingLength(text);
        return start < text.Length && text[start] is (byte)'{' or (byte)'[';
    }

    /// <summary>How many bytes of a text are whole characters that lax readers skip before JSON.</summary>
    public static int LeadingLength(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (Rune.DecodeFromUtf8(text[start..], out var rune, out var length) == OperationStatus.Done && IsLeading(rune.Value))
        {
            start += length;
        }

        return start;
    }

    /// <summary>Rewrites the content of a JSON string and writes it as a string.</summary>
    /// <param name="content">Validated content, still escaped.</param>
    /// <param name="node">What is looked for inside, or null.</param>
    /// <param name="offset">Where the text ends, for faults.</param>
    /// <param name="output">Takes the string, quotes included.</param>
    public void RewriteString(ReadOnlySpan<byte> content, PathNode? node, long offset, IBufferWriter<byte> output)
    {
        _unescaped.ResetWrittenCount();
        _unescaped.Advance(JsonText.Unescape(content, _unescaped.GetSpan(content.Length)));
        if (!Stays(_unescaped.WrittenSpan, node, offset, out var rest))
        {
            JsonText.WriteString(rest, output);
            return;
        }

        output.Write("\""u8);
        output.Write(content);
        output.Write("\""u8);
    }

    /// <summary>Rewrites a text and writes it as it is, byte for byte when nothing in it had to change.</summary>
    public void RewriteText(ReadOnlySpan<byte> text, PathNode? node, long offset, IBufferWriter<byte> output)
    {
        Stays(text, node, offset, out var rest);
        output.Write(rest);
    }

    /// <summary>Rewrites a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="node">What is looked for inside, or null.</param>
    /// <param name="offset">Where the text ends, for faults.</param>
    /// <param name="rest">What is left of it; until the next text.</param>
    /// <returns>Whether it stays as it is.</returns>
    public bool Stays(ReadOnlySpan<byte> text, PathNode? node, long offset, out ReadOnlySpan<byte> rest)
    {
        rest = text;
        if (level > state.Plan.Limits.MaxEmbeddedLevels)
        {
            throw new PayloadException(PayloadFault.TooDeep, offset);
        }

        if (node is not null && !text.ContainsAnyExcept(" \t\r\n"u8))
        {
            throw new PayloadException(PayloadFault.TargetNotAnObject, offset);
        }

        var (replaced, foreign, injected) = (state.ReplacedValues, state.ForeignValues, state.Injected);
        _rewritten.ResetWrittenCount();
        _machine ??= new JsonMachine(state, level, null);
        _machine.Reset(node);
        try
        {
            _machine.Write(text, _rewritten);
            _machine.Complete(_rewritten);
        }
        catch (PayloadException fault) when (node is null && IsUnreadable(fault.Fault))
        {
            state.Restore(replaced, foreign);
            state.CountUnreadable(offset);
            return state.Plan.Keys.Readings.FindAssigned(text, isPiece: false) >= 0 ? throw new PayloadException(PayloadFault.MalformedJson, offset) : true;
        }

        if (state.ReplacedValues == replaced && state.Injected == injected)
        {
            return true;
        }

        rest = _rewritten.WrittenSpan;
        return false;
    }

    private static bool IsUnreadable(PayloadFault fault) =>
        fault is PayloadFault.MalformedJson or PayloadFault.Truncated or PayloadFault.SurplusBytes or PayloadFault.InvalidUtf8;
}
