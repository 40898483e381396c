namespace OzGateway.Payloads;

/// <summary>A value of the page's own that may stay in metadata: within its limits as it comes and as it leaves, and searched like any other text.</summary>
internal sealed class KeptText(InjectionState state, int level)
{
    private EmbeddedText? _embedded;

    /// <summary>Judges a value.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="text">The value, unescaped.</param>
    /// <param name="offset">Where it ends, for faults.</param>
    /// <param name="rest">What stays of it.</param>
    /// <returns>Whether it stays as it is.</returns>
    public bool Stays(KeptKey key, ReadOnlySpan<byte> text, long offset, out ReadOnlySpan<byte> rest)
    {
        Check(key, text, offset);
        var stays = EmbeddedText.MayHoldJson(text)
            ? (_embedded ??= new EmbeddedText(state, level)).Stays(text, null, offset, out rest)
            : FreeText.Stays(state, text, offset, out rest);
        if (!stays)
        {
            Check(key, rest, offset);
        }

        return stays;
    }

    /// <summary>Refuses a value that is not within the limits of its key.</summary>
    public static void Check(KeptKey key, ReadOnlySpan<byte> value, long offset)
    {
        if (!key.Allows(value))
        {
            throw new PayloadException(PayloadFault.MetadataInvalid, offset);
        }
    }
}
