namespace OzGateway.Payloads;

/// <summary>Listens to the reader of an answer that passes whole, for names that may not stand in it.</summary>
internal sealed class SensitiveReader(SensitiveNames names, PayloadLimits limits) : IJsonConsumer
{
    private readonly Level[] _levels = new Level[limits.MaxEmbeddedLevels + 1];
    private int _unreadable;

    /// <inheritdoc/>
    public JsonTake Begin(int level, JsonKind kind, long offset)
    {
        if (kind != JsonKind.String)
        {
            return kind is JsonKind.Other ? JsonTake.Skip : JsonTake.Enter;
        }

        ref var current = ref _levels[level];
        (current.Start, current.Reader, current.IsUnreadable) = (default, null, false);
        return JsonTake.Text;
    }

    /// <inheritdoc/>
    public void Name(int level, ReadOnlySpan<byte> name, bool isWhole, long offset)
    {
        // A name too long to be held could hide one that is looked for behind separators, which make no difference.
        if (!isWhole)
        {
            throw new PayloadException(PayloadFault.TooLarge, offset);
        }

        if (names.Has(name))
        {
            throw new PayloadException(PayloadFault.SensitiveMember, offset);
        }
    }

    /// <inheritdoc/>
    public void Text(int level, ReadOnlySpan<byte> piece)
    {
        ref var current = ref _levels[level];
        if (current.Reader is null && !current.IsUnreadable && current.Start.Take(piece) is { } first)
        {
            current.Reader = level == limits.MaxEmbeddedLevels ? throw new PayloadException(PayloadFault.TooDeep, 0) : new StrictJsonReader(this, limits, level + 1);
            current.IsUnreadable = current.Start.IsOdd;
            piece = piece[first..];
        }

        if (current.Reader is { } reader && !current.IsUnreadable)
        {
            Attempt(level, reader, piece);
        }
    }

    /// <inheritdoc/>
    public void EndText(int level, long offset)
    {
        ref var current = ref _levels[level];
        if (current.Reader is { } reader && !current.IsUnreadable)
        {
            Attempt(level, reader, null);
        }

        if (current.IsUnreadable && ++_unreadable > limits.MaxUnreadableTexts)
        {
            throw new PayloadException(PayloadFault.MalformedJson, offset);
        }

        (current.Reader, current.IsUnreadable) = (null, false);
    }

    /// <inheritdoc/>
    public void End(int level)
    {
    }

    private void Attempt(int level, StrictJsonReader reader, ReadOnlySpan<byte> piece)
    {
        try
        {
            if (piece.IsEmpty)
            {
                reader.Complete();
            }
            else
            {
                reader.Read(piece);
            }
        }
        catch (PayloadException fault) when (fault.Fault is PayloadFault.MalformedJson or PayloadFault.Truncated or PayloadFault.SurplusBytes or PayloadFault.InvalidUtf8)
        {
            _levels[level].IsUnreadable = true;
        }
    }

    private struct Level
    {
        public JsonStart Start;
        public StrictJsonReader? Reader;
        public bool IsUnreadable;
    }
}
