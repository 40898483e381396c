namespace OzGateway.Payloads;

/// <summary>What becomes of the content of a part.</summary>
internal enum PartUse
{
    /// <summary>Passed on byte for byte.</summary>
    Streamed,

    /// <summary>Text that shows no JSON: passed on, checked to be UTF-8.</summary>
    StreamedText,

    /// <summary>Text of which only white space is known.</summary>
    Undecided,

    /// <summary>May hold JSON: held whole, then rewritten.</summary>
    Held,

    /// <summary>The client's value for a key of ours: held to be compared, then dropped.</summary>
    Compared,
}
