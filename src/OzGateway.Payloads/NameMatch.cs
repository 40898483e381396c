namespace OzGateway.Payloads;

/// <summary>How a key must stand in a text to be found there.</summary>
internal enum NameMatch
{
    /// <summary>As a word, whatever stands beside it: for names.</summary>
    Word,

    /// <summary>With a value that some reader finds beside it: for texts.</summary>
    Assigned,

    /// <summary>The same in a piece of a longer text, of which the rest is not seen.</summary>
    AssignedInPiece,
}
