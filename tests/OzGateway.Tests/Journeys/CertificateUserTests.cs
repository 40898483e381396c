using System.Net;
using OzGateway.Simulator;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Journeys;

/// <summary>The client's certificate at the public door names the user.</summary>
public sealed class CertificateUserTests
{
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly Authority Issuer = Authority.Root();

    [Fact]
    public async Task A_client_is_known_by_its_certificate_alone()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings
        {
            Attempts = "windows: [{ permit_limit: 1, window: 15m }]",
            Carrier = "identity",
            Sources = "    - mtls: { san: uri }",
            PublicDoor = ", tls: { certificate: { from_file: tls.crt }, key: { from_file: tls.key } }, client_certificate: { ca: { from_file: ca.pem }, mode: allow }",
            Files = new Dictionary<string, string>(Pem.Files(Issuer.Server(Yesterday))) { ["ca.pem"] = Issuer.Pem },
        });
        var door = new Uri($"https://127.0.0.1:{run.Public.Port}/");

        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(door, "spiffe://bank.example/alice"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SubmitAsync(door, "spiffe://bank.example/alice"));
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(door, "spiffe://bank.example/bob"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SubmitAsync(door, uri: null));
        using var backend = run.BackendClient();
        Assert.Equal("success", await backend.OutcomeAsync(run.Simulator.Received.Submissions[0].Meta("transaction_id")!, "spiffe://bank.example/alice"));
    }

    private static async Task<HttpStatusCode> SubmitAsync(Uri door, string? uri)
    {
        using var tls = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        if (uri is not null)
        {
            tls.ClientCertificates.Add(Issuer.Client(Yesterday, names => names.AddUri(new Uri(uri))));
        }

        using var http = new HttpClient(tls);
        using var opened = await http.SendAsync(Dialect.Default.Init(door));
        var session = Dialect.Default.ReadSession(await opened.Content.ReadAsStringAsync()) ?? "none";
        using var answer = await http.SendAsync(
            Dialect.Default.Submission(door, session, new Dictionary<string, string>(), [MediaPart.OfSize(100_000)], BodyKind.Multipart));
        if (answer.StatusCode is HttpStatusCode.OK)
        {
            for (var text = await answer.Content.ReadAsStringAsync(); text == Answer.Processing;)
            {
                using var polled = await http.SendAsync(Dialect.Default.Poll(door, session));
                text = await polled.Content.ReadAsStringAsync();
            }
        }

        return answer.StatusCode;
    }
}
