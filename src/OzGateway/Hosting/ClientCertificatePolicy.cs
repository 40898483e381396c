using System.Security.Cryptography.X509Certificates;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>Which certificates of clients a door takes.</summary>
/// <param name="IsRequired">Whether there is no handshake without one.</param>
/// <param name="Authorities">Those who issue them, in PEM; null only where the file was absent and the configuration is merely checked.</param>
/// <param name="Names">Subject alternative names of which one is needed; empty: any.</param>
/// <param name="Revocation">Whether the issuer is asked.</param>
internal sealed record ClientCertificatePolicy(bool IsRequired, Secret? Authorities, IReadOnlyList<string> Names, RevocationMode Revocation)
{
    /// <summary>The policy that the options mean; null where none is asked for, or they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="secrets">Fetches files.</param>
    /// <param name="errors">Where errors go.</param>
    public static ClientCertificatePolicy? Create(ClientCertificateOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        errors.CheckPlain(options.Names, $"{path}.names");
        if (options.Names is { Count: 0 })
        {
            errors.Add($"{path}.names", ConfigurationCode.OutOfRange, "is empty: nobody could pass. Leave it out to take every certificate of the authorities.");
        }

        if (options.Mode == ClientCertificateMode.None)
        {
            return null;
        }

        Secret? authorities = errors.Require(options.Ca, $"{path}.ca", "{ from_file: /run/tls/backend-ca.pem }") is { } written ? secrets(written, $"{path}.ca") : null;
        if (authorities is not null && !HasRoot(authorities.Bytes))
        {
            errors.Add($"{path}.ca", ConfigurationCode.BadCertificate, "holds no certificate in PEM that signed itself. Put the root of your backend's authority there, and its intermediates.");
        }

        return new ClientCertificatePolicy(options.Mode != ClientCertificateMode.Allow, authorities, options.Names ?? [], options.Revocation ?? RevocationMode.None);
    }

    /// <summary>Whether there is a certificate that signed itself.</summary>
    /// <param name="pem">Certificates in PEM.</param>
    public static bool HasRoot(ReadOnlySpan<byte> pem) => ServerCertificate.ReadChain(pem)?.Any(IsRoot) == true;

    /// <summary>Whether a certificate signed itself.</summary>
    /// <param name="certificate">The certificate.</param>
    public static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
