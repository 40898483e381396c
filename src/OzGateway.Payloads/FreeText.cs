namespace OzGateway.Payloads;

/// <summary>
/// A text without structure (a JSON string, a form value, a part), short enough to be judged as a whole. One that names a key of ours, in any
/// reading, is emptied; one that is nothing but the name announces a value that stands elsewhere, which nobody can remove: it is refused.
/// A longer one is a <see cref="LongText"/>.
/// </summary>
internal static class FreeText
{
    /// <summary>Judges a text.</summary>
    /// <param name="state">What is known of the body.</param>
    /// <param name="text">The text, unescaped.</param>
    /// <param name="offset">Where it ends, for faults.</param>
    /// <returns>Whether it may stay; else it is emptied.</returns>
    public static bool MayStay(InjectionState state, ReadOnlySpan<byte> text, long offset)
    {
        var key = state.Plan.Keys.Readings.Find(text, out var isBare);
        if (key < 0)
        {
            return true;
        }

        if (isBare)
        {
            throw new PayloadException(PayloadFault.HiddenKey, offset);
        }

        state.CountReplaced();
        state.CompareHidden(key, text, offset);
        return false;
    }
}
