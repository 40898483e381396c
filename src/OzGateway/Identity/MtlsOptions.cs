namespace OzGateway.Identity;

/// <summary>The certificate that the client showed at the public door. Exactly one of the keys.</summary>
internal sealed class MtlsOptions
{
    /// <summary><c>true</c>: the whole subject names the user, as .NET writes it, for example <c>CN=alice, O=Bank</c>.</summary>
    public bool? Subject { get; set; }

    /// <summary>The one alternative name of this kind names the user. None or several of the kind name nobody.</summary>
    public CertificateName? San { get; set; }
}

/// <summary>Kinds of alternative names in a certificate.</summary>
internal enum CertificateName
{
    /// <summary>A mail address.</summary>
    Email,

    /// <summary>A host name.</summary>
    Dns,

    /// <summary>An address, for example <c>spiffe://bank/alice</c>.</summary>
    Uri,
}
