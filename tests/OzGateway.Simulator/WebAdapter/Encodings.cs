using System.IO.Compression;

namespace OzGateway.Simulator.WebAdapter;

/// <summary>Codes an answer's body.</summary>
internal static class Encodings
{
    private const int BombBytes = 64 * 1024 * 1024;

    public static Answer Encode(Answer answer, AnswerEncoding encoding)
    {
        var body = answer.Body;
        return encoding switch
        {
            AnswerEncoding.Identity => answer,
            AnswerEncoding.Gzip => Coded(answer, "gzip", Gzip(body)),
            AnswerEncoding.Deflate => Coded(answer, "deflate", Through(body, static target => new ZLibStream(target, CompressionLevel.Fastest))),
            AnswerEncoding.Brotli => Coded(answer, "br", Through(body, static target => new BrotliStream(target, CompressionLevel.Fastest))),
            AnswerEncoding.LyingGzip => Coded(answer, "gzip", body),
            AnswerEncoding.TruncatedGzip => Coded(answer, "gzip", Gzip(body) is var whole ? whole[..(whole.Length * 2 / 3)] : body),
            AnswerEncoding.GzipBomb => Coded(answer, "gzip", Bomb(body)),
            AnswerEncoding.Unknown => Coded(answer, "zstd", body),
            _ => throw new InvalidOperationException($"Encoding '{encoding}' is not known."),
        };
    }

    public static byte[] Gzip(byte[] body) => Through(body, static target => new GZipStream(target, CompressionLevel.Fastest));

    private static Answer Coded(Answer answer, string coding, byte[] body) =>
        answer with { Body = body, Headers = [.. answer.Headers, new("Content-Encoding", coding)] };

    private static byte[] Bomb(byte[] body)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(body);
            var blanks = new byte[64 * 1024];
            Array.Fill(blanks, (byte)' ');
            for (var written = 0; written < BombBytes; written += blanks.Length)
            {
                gzip.Write(blanks);
            }
        }

        return target.ToArray();
    }

    private static byte[] Through(byte[] body, Func<Stream, Stream> coder)
    {
        using var target = new MemoryStream();
        using (var coding = coder(target))
        {
            coding.Write(body);
        }

        return target.ToArray();
    }
}
