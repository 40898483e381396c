namespace OzGateway.Payloads;

/// <summary>Texts that are looked at: a short value, or a result that stands as JSON in a string and is read by a reader of its own.</summary>
internal sealed class EmbeddedAnswers
{
    // Longer texts are nobody's value: no state, id or kept member is as long.
    private const int MaxTextBytes = 4096;

    private readonly ResultReader _owner;
    private readonly PayloadLimits _limits;
    private readonly Level[] _levels;
    private readonly byte[] _text = new byte[MaxTextBytes];
    private int _length;

    public EmbeddedAnswers(ResultReader owner, PayloadLimits limits)
    {
        (_owner, _limits) = (owner, limits);
        _levels = new Level[limits.MaxEmbeddedLevels + 1];
    }

    /// <summary>The text that ended last; empty and not whole when it is too long to be a value.</summary>
    public ResultText Text => _length <= MaxTextBytes ? new(_text.AsSpan(0, _length), isWhole: true) : new([], isWhole: false);

    public void Clear()
    {
        foreach (ref var level in _levels.AsSpan())
        {
            level.Active = null;
        }
    }

    /// <summary>A text of a level begins.</summary>
    public void Begin(int level, ResultNode node)
    {
        ref var current = ref _levels[level];
        (current.Node, current.Active, current.Start) = (node, null, node.IsWay ? default : JsonStart.NotJson);
        _length = 0;
    }

    /// <summary>The next piece of it.</summary>
    public void Take(int level, ReadOnlySpan<byte> piece)
    {
        ref var current = ref _levels[level];
        if (current.Active is null && current.Start.Take(piece) is { } first)
        {
            current.Active = Open(level, current.Node!);
            if (current.Start.IsOdd)
            {
                // What begins with a byte order mark or a control character is no JSON, whatever follows.
                throw new PayloadException(PayloadFault.MalformedJson, 0);
            }

            piece = piece[first..];
        }

        if (current.Active is { } reader)
        {
            reader.Read(piece);
            return;
        }

        if (piece.Length <= MaxTextBytes - _length)
        {
            piece.CopyTo(_text.AsSpan(_length));
            _length += piece.Length;
        }
        else
        {
            _length = MaxTextBytes + 1;
        }
    }

    /// <summary>The text is over.</summary>
    /// <returns>The node whose value <see cref="Text"/> is, or null when the text was JSON.</returns>
    public ResultNode? End(int level)
    {
        ref var current = ref _levels[level];
        if (current.Active is not { } reader)
        {
            return current.Node;
        }

        reader.Complete();
        current.Active = null;
        return null;
    }

    private StrictJsonReader Open(int level, ResultNode node)
    {
        if (level == _limits.MaxEmbeddedLevels)
        {
            throw new PayloadException(PayloadFault.TooDeep, 0);
        }

        ref var reader = ref _levels[level].Reader;
        reader ??= new StrictJsonReader(_owner, _limits, level + 1);
        reader.Reset();
        _owner.BeginEmbedded(node);
        return reader;
    }

    private struct Level
    {
        public ResultNode? Node;
        public StrictJsonReader? Reader;
        public StrictJsonReader? Active;
        public JsonStart Start;
    }
}

/// <summary>A text that is somebody's value.</summary>
/// <param name="bytes">UTF-8, unescaped.</param>
/// <param name="isWhole">Whether that is all of it; else it is too long.</param>
internal readonly ref struct ResultText(ReadOnlySpan<byte> bytes, bool isWhole)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public bool IsWhole { get; } = isWhole;
}
