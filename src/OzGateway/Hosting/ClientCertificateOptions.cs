using OzGateway.Identity;

namespace OzGateway.Hosting;

/// <summary>Which certificates of clients are taken. One that is presented and not taken ends the handshake, whatever the mode.</summary>
internal sealed class ClientCertificateOptions
{
    /// <summary>Whether a client must present one.</summary>
    /// <value>require</value>
    public ClientCertificateMode? Mode { get; set; }

    /// <summary>PEM: the authorities that issue certificates of clients; at least one that signed itself, and any intermediates. Nothing else is trusted, not even the machine's own list. Renewed files are taken up like those of <c>tls</c>.</summary>
    public SecretOptions? Ca { get; set; }

    /// <summary>DNS names and URIs (SPIFFE ids among them) of which one must stand among the certificate's subject alternative names; exact, DNS names in any case. Left out: every certificate of the authorities is taken.</summary>
    public List<string>? Names { get; set; }

    /// <summary>Whether the issuer is asked for revoked certificates.</summary>
    /// <value>none</value>
    public RevocationMode? Revocation { get; set; }
}

/// <summary>Whether a client must present a certificate.</summary>
internal enum ClientCertificateMode
{
    /// <summary>No handshake without one.</summary>
    Require,

    /// <summary>May be left out.</summary>
    Allow,

    /// <summary>Not asked for.</summary>
    None,
}

/// <summary>Whether the issuer is asked for revoked certificates.</summary>
internal enum RevocationMode
{
    /// <summary>Not asked: for certificates that live short, or a list of <c>names</c>.</summary>
    None,

    /// <summary>Asked during the handshake (OCSP or CRL, up to 5s). No answer: the certificate is not taken.</summary>
    Online,
}
