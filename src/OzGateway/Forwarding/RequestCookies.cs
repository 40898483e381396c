using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace OzGateway.Forwarding;

/// <summary>Cookies of the adapter's session on their way to the adapter, as the browser wrote them: what is decoded and written anew could become another cookie.</summary>
internal static class RequestCookies
{
    // What may stand in a value (RFC 6265): no blanks, no commas, no semicolons, no backslashes.
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create("!\"#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The header that passes; empty where none does.</summary>
    /// <param name="headers">The headers as they came.</param>
    /// <param name="names">Names that pass, in their exact spelling.</param>
    public static string Pass(StringValues headers, IReadOnlySet<string> names) => names.Count == 0
        ? "" : string.Join("; ", headers.SelectMany(header => header?.Split(';', StringSplitOptions.TrimEntries) ?? []).Where(pair => Passes(pair, names)));

    private static bool Passes(string pair, IReadOnlySet<string> names)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && names.Contains(pair[..equals]) && !pair.AsSpan(equals + 1).ContainsAnyExcept(ValueCharacters);
    }
}
