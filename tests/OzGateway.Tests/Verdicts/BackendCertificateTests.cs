using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Identity;
using OzGateway.Telemetry;
using OzGateway.Verdicts;

namespace OzGateway.Tests.Verdicts;

/// <summary>Certificates that the door has verified stand for callers.</summary>
public sealed class BackendCertificateTests
{
    private static readonly BackendCaller Bank = new("bank", BackendRights.Read | BackendRights.Issue);

    [Theory]
    [InlineData("spiffe://bank.example/backend", null, null, true)]
    [InlineData("spiffe://bank.example/Backend", null, null, false)]
    [InlineData("spiffe://bank.example", null, null, false)]
    [InlineData(null, "BACKEND.bank.example", null, true)]
    [InlineData(null, "bank.example", null, false)]
    [InlineData(null, "spiffe://bank.example/backend", null, false)]
    [InlineData(null, null, "CN=backend, O=Bank", true)]
    [InlineData(null, null, "CN=backend", false)]
    [InlineData(null, null, "cn=backend, o=bank", false)]
    public void One_of_its_names_makes_a_certificate_a_caller(string? uri, string? dns, string? subject, bool fits)
    {
        var context = new DefaultHttpContext { Connection = { ClientCertificate = Certificate() } };

        Assert.Equal(fits ? Bank : null, Credentials(new BackendCertificate(Bank, dns, uri, subject)).CallerOf(context));
    }

    [Fact]
    public void A_wrong_key_is_not_made_good_by_a_certificate()
    {
        var context = new DefaultHttpContext { Connection = { ClientCertificate = Certificate() } };
        context.Request.Headers.Authorization = "Bearer wrong";

        Assert.Null(Credentials(new BackendCertificate(Bank, null, null, "CN=backend, O=Bank")).CallerOf(context));
    }

    [Fact]
    public void Without_a_certificate_and_a_key_nobody_calls() =>
        Assert.Null(Credentials(new BackendCertificate(Bank, null, null, "CN=backend, O=Bank")).CallerOf(new DefaultHttpContext()));

    private static BackendCredentials Credentials(BackendCertificate certificate) =>
        new(new BackendPolicy(new KeyFile([]), null, [certificate]), TimeProvider.System, new GatewayMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()), NullLogger<BackendCredentials>.Instance);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=backend, O=Bank", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("spiffe://bank.example/backend"));
        names.AddDnsName("backend.bank.example");
        names.AddEmailAddress("bank.example");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
