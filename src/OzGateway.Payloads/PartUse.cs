namespace OzGateway.Payloads;

/// <summary>What becomes of the content of a part.</summary>
internal enum PartUse
{
    /// <summary>Passed on byte for byte.</summary>
    Streamed,

    /// <summary>A file of which it is not known yet whether it is text.</summary>
    Sniffed,

    /// <summary>Text, perhaps JSON: held as long as it is short.</summary>
    Text,

    /// <summary>Text too long to be held: passed on as it arrives.</summary>
    Passing,

    /// <summary>JSON by name or type: held whole, then rewritten.</summary>
    Json,

    /// <summary>A value of metadata that may stay: held to be judged.</summary>
    Kept,

    /// <summary>Metadata that may not stay.</summary>
    Dropped,

    /// <summary>The client's value for a key of ours: held to be compared, then dropped.</summary>
    Compared,
}
