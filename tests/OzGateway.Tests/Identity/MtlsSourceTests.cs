using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Identity;

namespace OzGateway.Tests.Identity;

/// <summary>A certificate names a user by its subject, or by the one alternative name of a kind.</summary>
public sealed class MtlsSourceTests
{
    [Fact]
    public void Without_a_certificate_nobody_is_named() => Assert.Equal(IdentifierResult.Missing, new MtlsSource(null).Read(certificate: null));

    [Fact]
    public void The_subject_names_the_user() => Assert.Equal(IdentifierResult.Of("CN=alice, O=Bank"), Read(san: null, _ => { }));

    [Theory]
    [InlineData("email", "alice@bank.example")]
    [InlineData("dns", "alice.bank.example")]
    [InlineData("uri", "spiffe://bank/alice")]
    public void The_one_alternative_name_of_the_kind_names_the_user(string kind, string name) => Assert.Equal(IdentifierResult.Of(name), Read(Kind(kind), AddAll));

    [Theory]
    [InlineData("email")]
    [InlineData("dns")]
    [InlineData("uri")]
    public void None_or_several_of_the_kind_name_nobody(string kind)
    {
        Assert.Equal(IdentifierResult.Refused, Read(Kind(kind), _ => { }));
        Assert.Equal(IdentifierResult.Refused, Read(Kind(kind), names =>
        {
            AddAll(names);
            names.AddEmailAddress("bob@bank.example");
            names.AddDnsName("bob.bank.example");
            names.AddUri(new Uri("spiffe://bank/bob"));
        }));
    }

    [Fact]
    public void A_subject_that_is_empty_names_nobody() => Assert.Equal(IdentifierResult.Refused, Read(san: null, _ => { }, subject: ""));

    private static CertificateName Kind(string kind) => Enum.Parse<CertificateName>(kind, ignoreCase: true);

    private static void AddAll(SubjectAlternativeNameBuilder names)
    {
        names.AddEmailAddress("alice@bank.example");
        names.AddDnsName("alice.bank.example");
        names.AddUri(new Uri("spiffe://bank/alice"));
        names.AddIpAddress(System.Net.IPAddress.Loopback);
    }

    private static IdentifierResult Read(CertificateName? san, Action<SubjectAlternativeNameBuilder> add, string subject = "CN=alice, O=Bank")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        add(names);
        var extension = names.Build();
        if (extension.RawData.Length > 2)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return new MtlsSource(san).Read(certificate);
    }
}
