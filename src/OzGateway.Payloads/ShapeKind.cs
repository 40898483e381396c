namespace OzGateway.Payloads;

/// <summary>What a place in a submission holds.</summary>
public enum ShapeKind
{
    /// <summary>A part or field that is no JSON, or a JSON string.</summary>
    Text,

    /// <summary>A part with a file name, or with a media type that is no text.</summary>
    File,

    /// <summary>A part or field whose content is a JSON document, or a JSON string that begins like one.</summary>
    Json,

    /// <summary>A JSON object.</summary>
    Members,

    /// <summary>A JSON array.</summary>
    Elements,

    /// <summary>A JSON number, true, false or null.</summary>
    Scalar,

    /// <summary>A body that is not read: one file.</summary>
    Opaque,
}
