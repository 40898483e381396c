namespace OzGateway.Payloads;

/// <summary>How an answer is coded.</summary>
public enum ContentCoding
{
    /// <summary>Not at all.</summary>
    Identity,

    /// <summary>RFC 1952, one member.</summary>
    GZip,

    /// <summary>RFC 1950, or RFC 1951 without its wrapper as some servers send it.</summary>
    Deflate,

    /// <summary>RFC 7932.</summary>
    Brotli,
}
