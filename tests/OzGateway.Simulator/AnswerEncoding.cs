namespace OzGateway.Simulator;

/// <summary>How result answers are coded, whatever the request's <c>Accept-Encoding</c> asks for.</summary>
public enum AnswerEncoding
{
    /// <summary>Not coded; no <c>Content-Encoding</c>.</summary>
    Identity,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>deflate in its zlib wrapping (RFC 9110).</summary>
    Deflate,

    /// <summary>Brotli.</summary>
    Brotli,

    /// <summary><c>Content-Encoding: gzip</c> on a body that is plain.</summary>
    LyingGzip,

    /// <summary>gzip that ends in the middle of its stream, although the HTTP message is whole.</summary>
    TruncatedGzip,

    /// <summary>gzip of the answer followed by 64 MiB of blanks: a few dozen KiB on the wire.</summary>
    GzipBomb,

    /// <summary>A body that is plain under <c>Content-Encoding: zstd</c>.</summary>
    Unknown,
}
