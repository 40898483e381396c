using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>TLS of a door: what to present, whom to ask for a certificate. If it exists for a run, its first certificate can be used.</summary>
internal sealed record DoorTlsPolicy
{
    /// <summary>The chain in PEM, leaf first; null only where a file was absent and the configuration is merely checked.</summary>
    public required Secret? Certificate { get; init; }

    /// <summary>The private key in PEM; null as above.</summary>
    public required Secret? Key { get; init; }

    /// <summary>Which certificates of clients are taken; null where none is asked for.</summary>
    public ClientCertificatePolicy? ClientCertificate { get; init; }

    /// <summary>The policy that the options mean; null where there is no TLS or it is in error.</summary>
    /// <param name="door">The section of the door as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="material">Reads certificates.</param>
    /// <param name="errors">Where errors go.</param>
    public static DoorTlsPolicy? Create(DoorOptions door, string path, TlsMaterialReader material, ConfigurationErrors errors)
    {
        ClientCertificateOptions? clients = (door as BackendDoorOptions)?.ClientCertificate;
        if (clients is not null && door.Tls is null)
        {
            errors.Add($"{path}.client_certificate", ConfigurationCode.Contradiction, "needs tls: a client presents its certificate in the handshake. Add tls, or take it away.");
        }

        ClientCertificatePolicy? demanded = clients is null ? null : ClientCertificatePolicy.Create(clients, $"{path}.client_certificate", material.Secrets, errors);
        if (door.Tls is not { } tls)
        {
            return null;
        }

        path = $"{path}.tls";
        Secret? certificate = Fetch(tls.Certificate, $"{path}.certificate", material.Secrets, errors);
        Secret? key = Fetch(tls.Key, $"{path}.key", material.Secrets, errors);
        if (certificate is not null && key is not null)
        {
            using ServerCertificate? first = ServerCertificate.Load(certificate.Bytes, key.Bytes, material.Now, out CertificateFault fault);
            if (fault != CertificateFault.None)
            {
                bool keyIsWrong = fault is CertificateFault.KeyUnreadable or CertificateFault.KeyMismatch;
                errors.Add(keyIsWrong ? $"{path}.key" : $"{path}.certificate", ConfigurationCode.BadCertificate, $"{ServerCertificate.Complaint(fault)}.");
            }
        }

        return new DoorTlsPolicy { Certificate = certificate, Key = key, ClientCertificate = demanded };
    }

    private static Secret? Fetch(SecretOptions? options, string path, SecretReader secrets, ConfigurationErrors errors) =>
        errors.Require(options, path, "{ from_file: /run/tls/tls.pem }") is { } written ? secrets(written, path) : null;
}
