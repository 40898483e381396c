namespace OzGateway.Verdicts;

/// <summary>Who may knock at the backend door. Without keys everyone is answered 401.</summary>
/// <param name="Keys">Keys that are valid now.</param>
internal sealed record BackendPolicy(IReadOnlyList<BackendKey> Keys);

/// <summary>One credential of the customer's backend.</summary>
/// <param name="Name">Name for logs and audit, <c>[a-z0-9_-]{1,64}</c>.</param>
/// <param name="Sha256">SHA-256 of the key.</param>
/// <param name="Rights">What it may do.</param>
internal sealed record BackendKey(string Name, byte[] Sha256, BackendRights Rights);

/// <summary>Rights of a backend key.</summary>
[Flags]
internal enum BackendRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read verdicts of a named user.</summary>
    Read = 1,

    /// <summary>Leave the user out.</summary>
    AnyUser = 2,
}
