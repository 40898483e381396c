using System.Net;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>A backend without a key: its certificate at the backend door says who asks, and what it may.</summary>
public sealed class CertificateBackendTests
{
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly Authority Issuer = Authority.Root();

    [Theory]
    [InlineData("allow")]
    [InlineData("require")]
    public async Task A_certificate_that_is_named_reads_verdicts_and_no_other_does(string mode)
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            BackendDoor = $", tls: {{ certificate: {{ from_file: tls.crt }}, key: {{ from_file: tls.key }} }}, client_certificate: {{ ca: {{ from_file: ca.pem }}, mode: {mode} }}, "
                + "certificates: [{ name: bank, uri: \"spiffe://bank.example/backend\" }, { name: master, dns: master.bank.example, rights: [read, any_user] }]",
            Files = new Dictionary<string, string>(Pem.Files(Issuer.Server(Yesterday))) { ["ca.pem"] = Issuer.Pem },
        });
        using var browser = run.Browser();
        await browser.CheckAsync();
        var id = run.Simulator.Received.Single().Meta("transaction_id")!;
        var bank = Issuer.Client(Yesterday, names => names.AddUri(new Uri("spiffe://bank.example/backend")));
        var master = Issuer.Client(Yesterday, names => names.AddDnsName("master.bank.example"));
        var another = Issuer.Client(Yesterday, names => names.AddUri(new Uri("spiffe://bank.example/another")));

        var answer = await AskAsync(run, id, bank);
        Assert.Equal((HttpStatusCode.OK, "success"), (answer.Status, answer.Member("outcome")));
        Assert.Equal("not_found", (await AskAsync(run, id, bank, The.OtherUser)).Member("outcome"));
        Assert.NotEqual(HttpStatusCode.OK, (await AskAsync(run, id, bank, user: null)).Status);
        Assert.Equal("success", (await AskAsync(run, id, master, user: null)).Member("outcome"));
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(run, "", bank, method: HttpMethod.Post)).Status); // issuing is a right of its own
        Assert.Equal("backend_key_invalid", (await AskAsync(run, id, another)).Code);
        Assert.Equal("backend_key_invalid", (await AskAsync(run, id, bank, key: "a-wrong-key-0123456789abcdef0123456789")).Code);
        Assert.Equal("success", (await AskAsync(run, id, another, key: The.BackendKey)).Member("outcome"));
        Assert.Contains("\"backend\":\"bank\"", await run.AuditAsync("\"backend\":\"bank\""), StringComparison.Ordinal);
    }

    private static async Task<Answer> AskAsync(
        GatewayRun run, string id, X509Certificate2 certificate, string? user = The.User, string? key = null, HttpMethod? method = null)
    {
        using var tls = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        tls.ClientCertificates.Add(certificate);
        using var http = new HttpClient(tls);
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri($"https://127.0.0.1:{run.Backend.Port}/transactions/{id}".TrimEnd('/')));
        foreach (var (name, value) in new[] { ("OzGateway-User", user), ("Authorization", key is null ? null : $"Bearer {key}") })
        {
            Assert.True(value is null || request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await http.SendAsync(request);
        return await Answer.ReadAsync(answer);
    }
}
