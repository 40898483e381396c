namespace OzGateway.Telemetry;

/// <summary>Secrets that are taken up while running.</summary>
internal enum SecretKind
{
    /// <summary>The secret that hashes and signs, and those it replaced.</summary>
    UserKeys,

    /// <summary>A configured key of a token issuer.</summary>
    TokenKey,

    /// <summary>Keys of the admin door.</summary>
    AdminKeys,

    /// <summary>Keys of the backend door.</summary>
    BackendKeys,

    /// <summary>Keys of receipts.</summary>
    ReceiptKeys,
}
