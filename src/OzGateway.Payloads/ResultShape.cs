namespace OzGateway.Payloads;

/// <summary>Which members a projected result has.</summary>
public enum ResultShape
{
    /// <summary>The state alone.</summary>
    Safe,

    /// <summary>The state, and per analysis its state and resolution. For test environments only.</summary>
    Status,

    /// <summary>As <see cref="Status"/>, and the folder id. For test environments only.</summary>
    Folder,
}
