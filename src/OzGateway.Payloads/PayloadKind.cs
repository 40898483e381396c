namespace OzGateway.Payloads;

/// <summary>How a body is read.</summary>
public enum PayloadKind
{
    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>multipart/form-data.</summary>
    Multipart,

    /// <summary>application/x-www-form-urlencoded.</summary>
    Form,

    /// <summary>An encrypted container: passed on byte for byte, never read.</summary>
    Opaque,
}
