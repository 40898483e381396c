using System.IO.Compression;
using System.Text;

namespace OzGateway.Tests.Projection;

/// <summary>Bodies in codings.</summary>
internal static class Coded
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] GZip(byte[] body) => With(body, output => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true));

    public static byte[] ZLib(byte[] body) => With(body, output => new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true));

    public static byte[] Deflate(byte[] body) => With(body, output => new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true));

    public static byte[] Brotli(byte[] body) => With(body, output => new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true));

    /// <summary>The bytes with one of them changed.</summary>
    public static byte[] Flipped(byte[] body, Index at)
    {
        var changed = body.ToArray();
        changed[at] ^= 0x55;
        return changed;
    }

    private static byte[] With(byte[] body, Func<Stream, Stream> coder)
    {
        using var output = new MemoryStream();
        using (var stream = coder(output))
        {
            stream.Write(body);
        }

        return output.ToArray();
    }
}
