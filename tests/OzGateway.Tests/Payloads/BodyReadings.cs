using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace OzGateway.Tests.Payloads;

/// <summary>Every way in which somebody may read bytes, one inside the other: whether a value stands in them at all.</summary>
internal static partial class BodyReadings
{
    private const int MaxDepth = 4;

    /// <summary>All readings, the bytes as they are first.</summary>
    public static HashSet<string> Of(byte[] body)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Add(Encoding.Latin1.GetString(body), 0, found);
        return found;
    }

    private static void Add(string text, int depth, HashSet<string> found)
    {
        if (!found.Add(text) || depth == MaxDepth)
        {
            return;
        }

        Add(Uri.UnescapeDataString(text.Replace('+', ' ')), depth + 1, found);
        Add(Uri.UnescapeDataString(text), depth + 1, found);
        Add(WebUtility.HtmlDecode(text), depth + 1, found);
        Add(Unescape(text), depth + 1, found);
        Add(text.Replace("\0", "", StringComparison.Ordinal), depth + 1, found);
        foreach (Match run in Runs().Matches(text))
        {
            var characters = LineEnds().Replace(run.Value, "").TrimEnd('=').Replace('-', '+').Replace('_', '/');
            if (characters.Length % 4 != 1)
            {
                var decoded = Encoding.Latin1.GetString(Convert.FromBase64String(characters.PadRight((characters.Length + 3) / 4 * 4, '=')));
                if (decoded.All(static c => c is >= ' ' and < '\u007f' or '\r' or '\n' or '\t' or '\0'))
                {
                    Add(decoded, depth + 1, found);
                }
            }
        }
    }

    private static string Unescape(string text) => Escapes().Replace(
        text,
        static match => match.Groups[1].Success ? ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString()
            : match.Groups[2].Success ? ((char)Convert.ToInt32(match.Groups[2].Value, 16)).ToString() : match.Groups[3].Value);

    [GeneratedRegex("""\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))""")]
    private static partial Regex Escapes();

    [GeneratedRegex("""[A-Za-z0-9+/_-]{12,}(?:(?:\r\n|\\r\\n)[A-Za-z0-9+/_-]+)*""")]
    private static partial Regex Runs();

    [GeneratedRegex("""\r\n|\\r\\n""")]
    private static partial Regex LineEnds();
}
