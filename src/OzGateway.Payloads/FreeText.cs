namespace OzGateway.Payloads;

/// <summary>
/// A text without structure (a JSON string, a form value, a part), short enough to be judged as a whole. One that gives a value to a key of ours,
/// in any reading, loses that pair where it is an address or a query, and everything where nobody knows what it is. One that only mentions a key stays.
/// A longer one is a <see cref="LongText"/>.
/// </summary>
internal static class FreeText
{
    /// <summary>Judges a text.</summary>
    /// <param name="state">What is known of the body.</param>
    /// <param name="text">The text, unescaped.</param>
    /// <param name="offset">Where it ends, for faults.</param>
    /// <param name="rest">What stays of it.</param>
    /// <returns>Whether it stays as it is.</returns>
    public static bool Stays(InjectionState state, ReadOnlySpan<byte> text, long offset, out ReadOnlySpan<byte> rest)
    {
        rest = text;
        var key = state.Plan.Keys.Readings.FindAssigned(text, isPiece: false);
        if (key < 0)
        {
            return true;
        }

        rest = AddressText.TryWithout(state.Plan.Keys, text, out var kept) ? kept : [];
        state.CountReplaced();
        state.CompareHidden(key, text, offset);
        return false;
    }
}
