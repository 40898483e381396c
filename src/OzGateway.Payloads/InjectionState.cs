namespace OzGateway.Payloads;

/// <summary>What is known of one body while it is rewritten; shared by all readers of its nested texts.</summary>
internal sealed class InjectionState(InjectionPlan plan)
{
    public InjectionPlan Plan { get; } = plan;

    /// <summary>Whether the gateway's values, if there are any, stand in the output.</summary>
    public bool Injected { get; set; } = !plan.HasSet;

    /// <summary>Who is told of the parts, where somebody is.</summary>
    public IPartListener? Parts { get; init; }

    public int ReplacedValues { get; private set; }

    public int ForeignValues { get; private set; }

    public int UnreadableTexts { get; private set; }

    public void CountReplaced() => ReplacedValues++;

    /// <summary>A client value for the key with this index was removed; <paramref name="value"/> is null when it was not a readable string.</summary>
    public void Compare(int key, ReadOnlySpan<byte> value, bool isReadable, long offset)
    {
        if (key >= Plan.SetValues.Length || !Plan.IsWatched[key] || (isReadable && value.SequenceEqual(Plan.SetValues[key])))
        {
            return;
        }

        ForeignValues++;
        if (Plan.RefuseForeign)
        {
            throw new PayloadException(PayloadFault.ForeignValue, offset);
        }
    }

    /// <summary>A text that names the key with this index was emptied; its value is ours where ours stands in the text.</summary>
    public void CompareHidden(int key, ReadOnlySpan<byte> text, long offset)
    {
        if (key >= Plan.SetValues.Length || text.IndexOf(Plan.SetValues[key]) < 0)
        {
            Compare(key, [], isReadable: false, offset);
        }
    }

    /// <summary>A text began like JSON and was none: counts it, for each costs an exception.</summary>
    public void CountUnreadable(long offset)
    {
        if (++UnreadableTexts > Plan.Limits.MaxUnreadableTexts)
        {
            throw new PayloadException(PayloadFault.MalformedJson, offset);
        }
    }

    /// <summary>Takes back what a text counted that in the end could not be read.</summary>
    public void Restore(int replacedValues, int foreignValues) => (ReplacedValues, ForeignValues) = (replacedValues, foreignValues);
}
