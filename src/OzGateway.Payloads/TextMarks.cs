namespace OzGateway.Payloads;

/// <summary>Where a mark stands next in a text that is asked from front to back: each byte is looked at once, however often is asked.</summary>
/// <param name="text">The text.</param>
/// <param name="mark">The mark.</param>
internal ref struct NextMark(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
{
    private const int Nowhere = int.MaxValue;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<byte> _mark = mark;
    private int _at = -1;

    /// <summary>The first place from a start on, behind the end where there is none. A start is never before the one asked for last.</summary>
    public int From(int start)
    {
        if (_at < start)
        {
            var found = _text[start..].IndexOf(_mark);
            _at = found < 0 ? Nowhere : start + found;
        }

        return _at;
    }
}

/// <summary>Where one of two bytes stood last in a text that is asked from front to back.</summary>
/// <param name="text">The text.</param>
/// <param name="one">The one.</param>
/// <param name="other">The other.</param>
internal ref struct LastMark(ReadOnlySpan<byte> text, byte one, byte other)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _last = -1;
    private int _seen;

    /// <summary>The last place before an end, or -1. An end is never before the one asked for last.</summary>
    public int Before(int end)
    {
        if (end > _seen)
        {
            var found = _text[_seen..end].LastIndexOfAny(one, other);
            (_last, _seen) = (found < 0 ? _last : _seen + found, end);
        }

        return _last;
    }
}

/// <summary>Whether a mark stands anywhere behind a place of a text: looked for once, from the end.</summary>
/// <param name="text">The text.</param>
/// <param name="mark">The mark.</param>
internal ref struct FinalMark(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
{
    private const int Unknown = -2;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<byte> _mark = mark;
    private int _at = Unknown;

    /// <summary>Whether it stands at a place or behind it.</summary>
    public bool IsBehind(int place)
    {
        if (_at == Unknown)
        {
            _at = _text.LastIndexOf(_mark);
        }

        return _at >= place;
    }
}
