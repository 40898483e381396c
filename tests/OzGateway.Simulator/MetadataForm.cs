namespace OzGateway.Simulator;

/// <summary>How metadata is written at its place.</summary>
public enum MetadataForm
{
    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>A JSON string that holds a JSON object as text.</summary>
    JsonInString,

    /// <summary>One part or field per key.</summary>
    EntryPerKey,
}
