using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using OzGateway.Hosting;
using OzGateway.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>Certificates of clients at the backend door.</summary>
public sealed class ClientCertificateTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly DateTimeOffset Yesterday = Now.AddDays(-1);
    private static readonly Authority Issuer = Authority.Root();
    private static readonly Authority Stranger = Authority.Root();

    [Fact]
    public async Task A_client_without_a_certificate_of_the_authority_gets_no_answer()
    {
        await using var run = await StartAsync("");

        Assert.True(await Handshake.IsAnsweredAsync(run.Backend.Port, Issuer.Client(Yesterday)));
        Assert.False(await Handshake.IsAnsweredAsync(run.Backend.Port, client: null));
        Assert.False(await Handshake.IsAnsweredAsync(run.Backend.Port, Stranger.Client(Yesterday)));
    }

    [Fact]
    public async Task Where_a_certificate_may_be_left_out_a_wrong_one_is_still_refused()
    {
        await using var run = await StartAsync(", mode: allow");

        Assert.True(await Handshake.IsAnsweredAsync(run.Backend.Port, Issuer.Client(Yesterday)));
        Assert.True(await Handshake.IsAnsweredAsync(run.Backend.Port, client: null));
        Assert.False(await Handshake.IsAnsweredAsync(run.Backend.Port, Stranger.Client(Yesterday)));
    }

    [Fact]
    public async Task Renewed_authorities_are_taken_up_without_a_restart()
    {
        await using var run = await StartAsync("");

        await File.WriteAllTextAsync(run.FileOf("ca.pem"), Stranger.Pem);
        while (run.Logs.Lines.All(line => line.Event != "CertificateRenewed"))
        {
            run.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(await Handshake.IsAnsweredAsync(run.Backend.Port, Stranger.Client(Yesterday)));
        Assert.False(await Handshake.IsAnsweredAsync(run.Backend.Port, Issuer.Client(Yesterday)));
    }

    [Fact]
    public void A_certificate_must_be_valid_now_and_made_for_clients()
    {
        Assert.True(IsTaken(Issuer.Client(Yesterday)));
        Assert.False(IsTaken(Issuer.Client(Now.AddYears(-2))));
        Assert.False(IsTaken(Issuer.Client(Now.AddDays(1))));
        Assert.False(IsTaken(Issuer.Server(Yesterday)));
    }

    [Fact]
    public void An_intermediate_of_the_file_completes_the_chain()
    {
        var intermediate = Issuer.Intermediate();
        var client = intermediate.Client(Yesterday);

        Assert.True(IsTaken(client, Issuer.Pem + intermediate.Pem));
        Assert.False(IsTaken(client, Issuer.Pem));
        Assert.False(IsTaken(client, Stranger.Pem + intermediate.Pem));
    }

    [Fact]
    public void Of_a_list_of_names_one_must_stand_in_the_certificate()
    {
        var byUri = Issuer.Client(Yesterday, all => all.AddUri(new Uri("spiffe://bank.example/backend")));
        var byDns = Issuer.Client(Yesterday, all => all.AddDnsName("Backend.Bank.Example"));

        Assert.True(IsTaken(byUri, Issuer.Pem, "backend.bank.example", "spiffe://bank.example/backend"));
        Assert.True(IsTaken(byDns, Issuer.Pem, "backend.bank.example"));
        Assert.False(IsTaken(byUri, Issuer.Pem, "spiffe://bank.example/BACKEND"));
        Assert.False(IsTaken(byDns, Issuer.Pem, "bank.example"));
        Assert.False(IsTaken(byDns, Issuer.Pem, "nobody@example.test"));
    }

    [Fact]
    public void An_issuer_that_cannot_be_asked_for_revoked_certificates_lets_nobody_in() =>
        Assert.False(IsTaken(Issuer.Client(Yesterday), Issuer.Pem, RevocationMode.Online));

    private static bool IsTaken(X509Certificate2 client, string? authorities = null, params string[] names) =>
        IsTaken(client, authorities ?? Issuer.Pem, RevocationMode.None, names);

    private static bool IsTaken(X509Certificate2 client, string authorities, RevocationMode revocation, params string[] names)
    {
        var pem = System.Text.Encoding.UTF8.GetBytes(authorities);
        var policy = new ClientCertificatePolicy(IsRequired: true, new Secret(pem), names, revocation);
        return new ClientCertificateCheck(policy, ServerCertificate.ReadChain(pem)!, new FakeTimeProvider(Now)).Accepts(client, presented: null);
    }

    private static Task<GatewayRun> StartAsync(string further) => GatewayRun.StartAsync(settings: new GatewaySettings
    {
        BackendDoor = $", tls: {{ certificate: {{ from_file: tls.crt }}, key: {{ from_file: tls.key }} }}, client_certificate: {{ ca: {{ from_file: ca.pem }}{further} }}",
        Files = new Dictionary<string, string>(Pem.Files(Issuer.Server(Yesterday))) { ["ca.pem"] = Issuer.Pem },
    });
}
