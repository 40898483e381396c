using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using OzGateway.Hosting;
using OzGateway.Identity;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Hosting;

/// <summary>Doors with TLS: what is spoken, what is presented, and how renewed files are taken up.</summary>
public sealed class DoorTlsTests
{
    private const string Tls = ", tls: { certificate: { from_file: tls.crt }, key: { from_file: tls.key } }";

    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly Authority Issuer = Authority.Root();

    [Theory]
    [InlineData("", "2.0", "2.0")]
    [InlineData("", "1.1", "1.1")]
    [InlineData(", protocols: [http1]", "2.0", "1.1")]
    [InlineData(", protocols: [http2]", "2.0", "2.0")]
    public async Task Client_and_door_agree_on_a_protocol(string protocols, string asked, string spoken)
    {
        await using var run = await StartAsync(new GatewaySettings { PublicDoor = Tls + protocols });
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, At(run.Public, "plugin_liveness.php")) { Version = Version.Parse(asked), VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };

        using var answer = await http.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, spoken), (answer.StatusCode, answer.Version.ToString(2)));
    }

    [Fact]
    public async Task Plain_http_2_is_for_clients_that_know_it_beforehand()
    {
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { PublicDoor = ", protocols: [http2]" });
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var answer = await http.GetAsync(new Uri(run.Public, "plugin_liveness.php"));

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));
    }

    [Fact]
    public async Task The_intermediates_are_presented_too()
    {
        var intermediate = Issuer.Intermediate();
        var leaf = intermediate.Server(Yesterday);
        await using var run = await StartAsync(new GatewaySettings { PublicDoor = Tls }, Pem.Files(leaf, intermediate.Pem));

        var presented = await Handshake.PresentedAsync(run.Public.Port);

        Assert.Equal([leaf.SerialNumber, X509Certificate2.CreateFromPem(intermediate.Pem).SerialNumber], presented);
    }

    [Fact]
    public async Task Nothing_opens_at_the_wrong_door_over_TLS()
    {
        await using var run = await StartAsync(new GatewaySettings { PublicDoor = Tls, BackendDoor = Tls, AdminDoor = Tls });
        using var http = Client();
        (Uri Door, string Path, HttpStatusCode Status)[] knocks =
        [
            (run.Public, "plugin_liveness.php", HttpStatusCode.OK), (run.Backend, "plugin_liveness.php", HttpStatusCode.NotFound), (run.Admin, "plugin_liveness.php", HttpStatusCode.NotFound),
            (run.Backend, "transactions/x", HttpStatusCode.Unauthorized), (run.Public, "transactions/x", HttpStatusCode.NotFound), (run.Admin, "transactions/x", HttpStatusCode.NotFound),
            (run.Admin, "health/ready", HttpStatusCode.OK), (run.Public, "health/ready", HttpStatusCode.NotFound), (run.Backend, "health/ready", HttpStatusCode.NotFound),
        ];

        foreach (var (door, path, status) in knocks)
        {
            using var answer = await http.GetAsync(At(door, path));
            Assert.True(status == answer.StatusCode, $"{door}{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_renewed_certificate_behind_a_swapped_symlink_is_presented_without_a_restart()
    {
        var (old, renewed) = (Issuer.Server(Yesterday), Issuer.Server(Yesterday));
        var settings = new GatewaySettings
        {
            PublicDoor = ", tls: { certificate: { from_file: live/tls.crt }, key: { from_file: live/tls.key } }",
            Links = new Dictionary<string, string> { ["live"] = "1" },
        };
        await using var run = await StartAsync(settings, Volume(old));

        Write(run, "2", renewed);
        Swap(run, "2");
        await run.PassUntilLoggedAsync("CertificateRenewed");

        Assert.Equal([renewed.SerialNumber], await Handshake.PresentedAsync(run.Public.Port));
    }

    [Theory]
    [InlineData("not PEM", null)]
    [InlineData(null, "not PEM")]
    [InlineData("expired", "expired")]
    public async Task A_broken_renewal_keeps_the_old_certificate_and_is_said_once(string? certificate, string? key)
    {
        var old = Issuer.Server(Yesterday);
        var expired = Issuer.Server(Yesterday.AddYears(-2));
        await using var run = await StartAsync(new GatewaySettings { PublicDoor = Tls }, Pem.Files(old));

        Break(run.FileOf("tls.crt"), certificate, Pem.Of(expired));
        Break(run.FileOf("tls.key"), key, Pem.KeyOf(expired));
        await run.PassUntilLoggedAsync("CertificateRefused");
        run.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([old.SerialNumber], await Handshake.PresentedAsync(run.Public.Port));
        Assert.Single(run.Logs.Lines, line => line.Event == "CertificateRefused");
    }

    [Fact]
    public async Task A_certificate_and_a_key_written_one_after_the_other_are_no_broken_renewal()
    {
        var renewed = Pem.Files(Issuer.Server(Yesterday));
        await using var run = await StartAsync(new GatewaySettings { PublicDoor = Tls, Links = new Dictionary<string, string> { ["crt"] = "tls.crt", ["key"] = "tls.key" } });
        var secrets = ((string[])["crt", "key"]).Select(name => new Secret(File.ReadAllBytes(run.FileOf(name))) { File = run.FileOf(name) }).ToList();
        using var logs = new LogRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var door = new DoorTls(Door.Public, new DoorTlsPolicy { Certificate = secrets[0], Key = secrets[1] }, TimeProvider.System, loggers.CreateLogger<DoorTls>());
        var before = door.Current;

        await File.WriteAllTextAsync(run.FileOf("tls.crt"), renewed["tls.crt"]);
        door.Look();
        await File.WriteAllTextAsync(run.FileOf("tls.key"), renewed["tls.key"]);
        door.Look();

        Assert.Same(before, door.Current);
        door.Look();
        Assert.NotSame(before, door.Current);
        Assert.Equal(["CertificateRenewed"], logs.Lines.Select(line => line.Event));
    }

    [Fact]
    public async Task A_renewal_after_a_broken_one_is_taken_up()
    {
        var renewed = Issuer.Server(Yesterday);
        await using var run = await StartAsync(new GatewaySettings { PublicDoor = Tls });

        await File.WriteAllTextAsync(run.FileOf("tls.crt"), "not PEM");
        await run.PassUntilLoggedAsync("CertificateRefused");
        foreach (var (name, content) in Pem.Files(renewed))
        {
            await File.WriteAllTextAsync(run.FileOf(name), content);
        }

        await run.PassUntilLoggedAsync("CertificateRenewed");

        Assert.Equal([renewed.SerialNumber], await Handshake.PresentedAsync(run.Public.Port));
    }

    [Fact]
    public async Task Health_of_an_admin_door_with_TLS_is_asked_over_TLS()
    {
        await using var run = await StartAsync(new GatewaySettings { AdminDoor = Tls });
        var file = run.FileOf("health.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(run.FileOf("gateway.yaml"))).Replace("admin: { address: \"127.0.0.1:0\"", $"admin: {{ address: \"127.0.0.1:{run.Admin.Port}\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(run.FileOf("tls.crt"), "a broken renewal does not make a gateway unhealthy");

        var (exit, output, errors) = await Commands.ProgramProcess.RunAsync("health", "--config", file);

        Assert.Equal((0, "ready", ""), (exit, output, errors));
    }

    private static Task<GatewayRun> StartAsync(GatewaySettings settings, IReadOnlyDictionary<string, string>? files = null) =>
        GatewayRun.StartAsync(settings: settings with { Files = files ?? Pem.Files(Issuer.Server(Yesterday)) });

    private static HttpClient Client() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });

    private static Uri At(Uri door, string path) => new($"https://{door.Authority}/{path}");

    private static void Break(string file, string? content, string expired)
    {
        if (content is not null)
        {
            File.WriteAllText(file, content == "expired" ? expired : content);
        }
    }

    // A mounted secret: a link to a folder, which is made to lead to another one.
    private static Dictionary<string, string> Volume(X509Certificate2 certificate) =>
        Pem.Files(certificate).ToDictionary(file => $"1/{file.Key}", file => file.Value);

    private static void Write(GatewayRun run, string version, X509Certificate2 certificate)
    {
        Directory.CreateDirectory(run.FileOf(version));
        foreach (var (name, content) in Pem.Files(certificate))
        {
            File.WriteAllText(Path.Combine(run.FileOf(version), name), content);
        }
    }

    private static void Swap(GatewayRun run, string version)
    {
        File.Delete(run.FileOf("live"));
        File.CreateSymbolicLink(run.FileOf("live"), version);
    }
}
