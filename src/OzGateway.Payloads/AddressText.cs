using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>A text that is an address or a query (<c>https://a.example/b?c=1&amp;d=2#e</c>, <c>c=1&amp;d=2</c>): what stands between its separators can be taken out, and the rest stays as it was.</summary>
internal static class AddressText
{
    private static readonly SearchValues<byte> Characters =
        SearchValues.Create("!#$%&()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~"u8);

    private static ReadOnlySpan<byte> Separators => "?#&;"u8;

    /// <summary>Takes out each pair that gives a value to a key.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="text">The text.</param>
    /// <param name="rest">What stays.</param>
    /// <returns>False when the text is none, or when a key is given a value in what would stay.</returns>
    public static bool TryWithout(KeyNames keys, ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (text.ContainsAnyExcept(Characters) || !text.ContainsAny(Separators))
        {
            return false;
        }

        var kept = new ArrayBufferWriter<byte>(text.Length);
        byte separator = 0;
        var isFirst = true;
        while (true)
        {
            var end = text.IndexOfAny(Separators);
            var pair = end < 0 ? text : text[..end];
            if (keys.Readings.FindAssigned(pair, isPiece: false) < 0)
            {
                kept.Write(isFirst ? [] : [separator]);
                kept.Write(pair);
                (separator, isFirst) = ((byte)0, false);
            }

            if (end < 0)
            {
                break;
            }

            // Behind a pair that went, the next one begins as that one did.
            separator = separator == 0 || text[end] is (byte)'#' or (byte)'?' ? text[end] : separator;
            text = text[(end + 1)..];
        }

        rest = kept.WrittenSpan;
        return keys.Readings.FindAssigned(rest, isPiece: false) < 0;
    }
}
