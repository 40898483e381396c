namespace OzGateway.Payloads;

/// <summary>The bounds within which payloads are read. What goes beyond is refused, never cut.</summary>
public sealed record PayloadLimits
{
    /// <summary>Longest document that is read as a whole (an answer), in bytes. Default 4 MiB. Beyond: <see cref="PayloadFault.TooLarge"/>.</summary>
    public int MaxDocumentBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Deepest nesting of JSON objects and arrays. Default 64. Beyond: <see cref="PayloadFault.TooDeep"/>.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Longest JSON name, number or run of leading white space held while rewriting, in bytes. Default 64 KiB. Beyond: <see cref="PayloadFault.TooLarge"/>.</summary>
    public int MaxHeldBytes { get; init; } = 64 * 1024;

    /// <summary>Longest text that may hold JSON (a string, a part, a form field) and therefore is read as a whole, in bytes. Default 1 MiB. Beyond: <see cref="PayloadFault.TooLarge"/>.</summary>
    public int MaxEmbeddedBytes { get; init; } = 1024 * 1024;

    /// <summary>How often JSON may stand in a string that stands in JSON. Default 4. Beyond: <see cref="PayloadFault.TooDeep"/>.</summary>
    public int MaxEmbeddedLevels { get; init; } = 4;

    /// <summary>How many texts may start like JSON and be none in one body; each costs time. Default 64. Beyond: <see cref="PayloadFault.MalformedJson"/>.</summary>
    public int MaxUnreadableTexts { get; init; } = 64;

    /// <summary>Most parts of a multipart body or fields of a form. Default 1000. Beyond: <see cref="PayloadFault.TooManyParts"/>.</summary>
    public int MaxParts { get; init; } = 1000;

    /// <summary>Longest header block of one part, and longest preamble, in bytes. Default 16 KiB. Beyond: <see cref="PayloadFault.TooLarge"/>.</summary>
    public int MaxPartHeaderBytes { get; init; } = 16 * 1024;
}
