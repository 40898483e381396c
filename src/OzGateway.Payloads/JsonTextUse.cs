namespace OzGateway.Payloads;

/// <summary>What becomes of the string that is being read.</summary>
internal enum JsonTextUse
{
    /// <summary>A member name: held whole.</summary>
    Name,

    /// <summary>A value of which only white space is known: held until it shows whether it may be JSON.</summary>
    Undecided,

    /// <summary>A value that may hold JSON: held whole.</summary>
    Embedded,

    /// <summary>Any other value: held as long as it is short, to be judged as a whole.</summary>
    Plain,

    /// <summary>A value too long to be held: passed on as it arrives.</summary>
    Passing,

    /// <summary>A value of metadata that may stay: held to be judged.</summary>
    Kept,

    /// <summary>The client's value for a key of ours: held to be compared.</summary>
    Compared,

    /// <summary>A member name inside a removed value: validated and dropped.</summary>
    DroppedName,

    /// <summary>Any other string inside a removed value: validated and dropped.</summary>
    Dropped,
}
