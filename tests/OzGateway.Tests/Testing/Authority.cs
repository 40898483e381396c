using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OzGateway.Tests.Testing;

/// <summary>A certificate authority: a root, or an intermediate, and what it issues. Its own certificate is valid as long as any test needs.</summary>
internal sealed class Authority
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _issuer;

    private Authority(X509Certificate2 issuer) => _issuer = issuer;

    public X509Certificate2 Certificate => _issuer;

    public string Pem => _issuer.ExportCertificatePem() + "\n";

    public static Authority Root(string name = "Test Root") => new(Issue(name, issuer: null, DateTimeOffset.UnixEpoch, years: 500, AuthorityExtensions));

    public Authority Intermediate() => new(Issue("Test Intermediate", _issuer, DateTimeOffset.UnixEpoch, years: 400, AuthorityExtensions));

    /// <summary>A certificate of a server, for a year.</summary>
    public X509Certificate2 Server(DateTimeOffset from, string name = "localhost") => Leaf(ServerUse, from, names => names.AddDnsName(name));

    /// <summary>A certificate of a client, for a year.</summary>
    public X509Certificate2 Client(DateTimeOffset from, Action<SubjectAlternativeNameBuilder>? names = null) => Leaf(ClientUse, from, names ?? (all => all.AddDnsName("backend.bank.example")));

    private X509Certificate2 Leaf(string use, DateTimeOffset from, Action<SubjectAlternativeNameBuilder> name) => Issue("leaf", _issuer, from, years: 1, request =>
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress("nobody@example.test");
        name(names);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
    });

    private static void AuthorityExtensions(CertificateRequest request) =>
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));

    private static X509Certificate2 Issue(string name, X509Certificate2? issuer, DateTimeOffset from, int years, Action<CertificateRequest> extend)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        extend(request);
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, from.AddYears(years));
        }

        using var signed = request.Create(issuer, from, from.AddYears(years), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
