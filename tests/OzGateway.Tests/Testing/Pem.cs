using System.Security.Cryptography.X509Certificates;

namespace OzGateway.Tests.Testing;

/// <summary>Certificates as files hold them.</summary>
internal static class Pem
{
    public static string Of(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    public static string KeyOf(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The two files that a door is configured with.</summary>
    public static IReadOnlyDictionary<string, string> Files(X509Certificate2 certificate, string chain = "") =>
        new Dictionary<string, string> { ["tls.crt"] = Of(certificate) + chain, ["tls.key"] = KeyOf(certificate) };
}
