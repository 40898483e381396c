using System.Buffers;
using System.IO.Compression;
using OzGateway.Payloads;

namespace OzGateway.Projection;

/// <summary>Reads an answer whole, decoded, within bounds. What cannot be decoded for certain is a fault.</summary>
internal static class AnswerDecoder
{
    // Small documents compress well without meaning harm: the ratio counts beyond this.
    private const int RatioFreeBytes = 64 * 1024;
    private const int ChunkBytes = 16 * 1024;

    /// <summary>Reads and decodes.</summary>
    /// <param name="answer">The adapter's answer.</param>
    /// <param name="maxBytes">Most bytes, encoded and decoded.</param>
    /// <param name="maxRatio">Most decoded bytes per encoded byte beyond 64 KiB.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The decoded bytes.</returns>
    /// <exception cref="PayloadException">Too large, or coded in a way that cannot be read.</exception>
    /// <exception cref="IOException">The connection broke before the end.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage answer, int maxBytes, int maxRatio, CancellationToken cancellationToken)
    {
        var coding = CodingOf(answer);
        if (answer.Content.Headers.ContentLength > maxBytes)
        {
            throw new PayloadException(PayloadFault.TooLarge, maxBytes);
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var encoded = await DrainAsync(body, maxBytes, cancellationToken);
        if (coding is null || encoded.IsEmpty)
        {
            return encoded;
        }

        var decodedLimit = (int)Math.Min(maxBytes, Math.Max(RatioFreeBytes, (long)encoded.Length * maxRatio));
        try
        {
            await using var decoder = Decoder(coding, encoded);
            return await DrainAsync(decoder, decodedLimit, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new PayloadException(PayloadFault.UnsupportedEncoding, 0);
        }
        catch (InvalidOperationException)
        {
            // How the Brotli decoder of the base library says that its input is broken.
            throw new PayloadException(PayloadFault.UnsupportedEncoding, 0);
        }
    }

    private static string? CodingOf(HttpResponseMessage answer)
    {
        var codings = answer.Content.Headers.ContentEncoding;
        return codings.Count switch
        {
            0 => null,
            1 => codings.Single().ToLowerInvariant() switch
            {
                "identity" => null,
                "gzip" or "x-gzip" => "gzip",
                "deflate" => "deflate",
                "br" => "br",
                _ => throw new PayloadException(PayloadFault.UnsupportedEncoding, 0),
            },
            _ => throw new PayloadException(PayloadFault.UnsupportedEncoding, 0),
        };
    }

    private static Stream Decoder(string coding, ReadOnlyMemory<byte> encoded)
    {
        var input = new MemoryStream(encoded.ToArray(), writable: false);
        return coding switch
        {
            "gzip" => new GZipStream(input, CompressionMode.Decompress),
            "br" => new BrotliStream(input, CompressionMode.Decompress),
            _ when IsZLib(encoded.Span) => new ZLibStream(input, CompressionMode.Decompress),
            _ => new DeflateStream(input, CompressionMode.Decompress),
        };
    }

    // RFC 1950: method 8 in the low nibble, and both bytes together a multiple of 31.
    private static bool IsZLib(ReadOnlySpan<byte> encoded) =>
        encoded.Length >= 2 && (encoded[0] & 0x0f) == 8 && ((encoded[0] << 8) | encoded[1]) % 31 == 0;

    private static async Task<ReadOnlyMemory<byte>> DrainAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(ChunkBytes);
        while (true)
        {
            var count = await stream.ReadAsync(output.GetMemory(ChunkBytes), cancellationToken);
            if (count == 0)
            {
                return output.WrittenMemory;
            }

            output.Advance(count);
            if (output.WrittenCount > maxBytes)
            {
                throw new PayloadException(PayloadFault.TooLarge, maxBytes);
            }
        }
    }
}
