using System.ComponentModel.DataAnnotations;

namespace OzGateway.Verdicts;

/// <summary>A client certificate that stands for a caller, instead of a key. It must have passed <c>client_certificate</c> in the handshake. Exactly one of dns, uri and subject.</summary>
internal sealed class BackendCertificateOptions
{
    /// <summary>Name for logs and audit, <c>[a-z0-9_-]{1,64}</c>.</summary>
    [Required]
    public string? Name { get; set; }

    /// <summary>DNS name among the certificate's subject alternative names, in any case.</summary>
    public string? Dns { get; set; }

    /// <summary>URI among the certificate's subject alternative names, exact; a SPIFFE id for example.</summary>
    public string? Uri { get; set; }

    /// <summary>The certificate's whole subject, exact, for example <c>CN=backend, O=Bank</c>.</summary>
    public string? Subject { get; set; }

    /// <summary>What the caller may do.</summary>
    /// <value>[read]</value>
    public List<BackendRight>? Rights { get; set; }
}

/// <summary>A right of a caller at the backend door.</summary>
internal enum BackendRight
{
    /// <summary>Read verdicts of a named user, list that user's transactions, take receipts.</summary>
    Read,

    /// <summary>Issue and revoke transactions.</summary>
    Issue,

    /// <summary>Leave the user out.</summary>
    AnyUser,

    /// <summary>See scores and thresholds.</summary>
    Scores,

    /// <summary>See links to media and what was read from documents.</summary>
    Media,
}
