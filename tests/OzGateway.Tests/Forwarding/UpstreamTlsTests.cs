using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Forwarding;

/// <summary>An https adapter must prove its name by an authority that is trusted; there is no way around.</summary>
public sealed class UpstreamTlsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly X509Certificate2 _authority;

    public UpstreamTlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(_file, _authority.ExportCertificatePem());
    }

    public void Dispose()
    {
        _authority.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("localhost", true, HttpStatusCode.OK)]
    [InlineData("localhost", false, HttpStatusCode.BadGateway)] // an authority that the system does not know
    [InlineData("other.example", true, HttpStatusCode.BadGateway)] // another's name
    public async Task An_adapter_is_believed_by_name_and_authority(string name, bool trusted, HttpStatusCode expected)
    {
        using var certificate = Certificate(name);
        await using var adapter = new RawAdapter(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.AnswerAsync("{}");
            },
            certificate);
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Destinations = $"\"https://localhost:{adapter.Port}\"",
            Upstream = trusted ? $"    tls: {{ ca: {{ from_file: \"{_file}\" }} }}" : "",
        });
        using var browser = run.Browser();

        var answer = await browser.GetAsync("config.php");

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == HttpStatusCode.OK, adapter.Heads.Count == 1);
    }

    private X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, DateTimeOffset.UnixEpoch.AddYears(1), DateTimeOffset.UnixEpoch.AddYears(199), [1, 2, 3]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
