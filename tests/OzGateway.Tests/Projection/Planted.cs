using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace OzGateway.Tests.Projection;

/// <summary>Words that stand in what the upstream says and nowhere else; none of them may arrive, however it is written.</summary>
internal static class Planted
{
    public static readonly string[] Words = ["QUOKKA", "WALLABY", "NUMBAT", "POTOROO", "KOWARI", "DUNNART"];

    /// <summary>A full result with a word in every place.</summary>
    public static string Full(string state = "success") => $$"""
        {"state":"{{state}}","folder_id":"QUOKKA-33333333","DUNNART":"x","analyses":{"quality":{"state":"finished","resolution":"WALLABY","result_json":
        {"confidence_spoofing":0.97,"source_media":[{"original_url":"https://NUMBAT.example/POTOROO.zip","tags":["KOWARI","\u0044UNNART"] } ] } } } }
        """;

    /// <summary>A body of a type that is no result.</summary>
    public static string Html => "<html><body>QUOKKA WALLABY NUMBAT</body></html>";

    /// <summary>The words that can be read in what arrived, in any of its readings.</summary>
    public static IReadOnlyList<string> FoundIn(byte[] received)
    {
        var readings = Readings(received).ToList();
        return [.. Words.Where(word => readings.Exists(reading => reading.Contains(word[..6], StringComparison.OrdinalIgnoreCase)))];
    }

    private static IEnumerable<string> Readings(byte[] received)
    {
        var raw = Encoding.Latin1.GetString(received);
        var at = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = at < 0 ? received : received[(at + 4)..];
        byte[][] bodies = [received, body, Dechunked(body)];
        foreach (var bytes in bodies.Concat(bodies.SelectMany(Inflated)).Concat(bodies.SelectMany(Inflated).SelectMany(Inflated)))
        {
            var text = Encoding.Latin1.GetString(bytes);
            yield return text;
            yield return text.Replace("\0", "", StringComparison.Ordinal);
            yield return Regex.Replace(text, @"\\u00([0-9a-fA-F]{2})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
            yield return WebUtility.UrlDecode(text);
            yield return WebUtility.HtmlDecode(text);
            foreach (Match match in Regex.Matches(text, "[A-Za-z0-9+/]{8,}"))
            {
                yield return Encoding.Latin1.GetString(Convert.FromBase64String(match.Value[..(match.Value.Length / 4 * 4)]));
            }
        }
    }

    private static byte[] Dechunked(byte[] body) =>
        Encoding.Latin1.GetBytes(Regex.Replace(Encoding.Latin1.GetString(body), @"(^|\r\n)[0-9a-fA-F]+(;[^\r\n]*)?\r\n", ""));

    private static IEnumerable<byte[]> Inflated(byte[] bytes)
    {
        Func<Stream, Stream>[] decoders = [body => new GZipStream(body, CompressionMode.Decompress), body => new ZLibStream(body, CompressionMode.Decompress), body => new DeflateStream(body, CompressionMode.Decompress)];
        foreach (var decoder in decoders)
        {
            using var output = new MemoryStream();
            try
            {
                using var stream = decoder(new MemoryStream(bytes));
                stream.CopyTo(output);
            }
            catch (InvalidDataException)
            {
                // Not coded so.
            }

            if (output.Length > 0)
            {
                yield return output.ToArray();
            }
        }
    }
}
