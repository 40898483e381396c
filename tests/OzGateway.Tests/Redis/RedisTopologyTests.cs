using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Attempts;
using OzGateway.Identity;
using OzGateway.Redis;
using OzGateway.Tests.Testing;
using StackExchange.Redis;

namespace OzGateway.Tests.Redis;

/// <summary>Redis behind TLS, as a cluster, and found by a sentinel.</summary>
public sealed class RedisTopologyTests : IDisposable
{
    private static readonly GatewayKeys Keys = GatewayKeys.Ephemeral();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [RedisFact]
    public async Task Behind_TLS_only_a_certificate_of_the_named_authority_is_believed()
    {
        using var authority = Authority("the authority");
        using var other = Authority("somebody else");
        WriteServerCertificate(authority);
        var port = RedisServer.FreePort();
        using var server = await RedisServer.StartAsync(RedisServer.FreePort(), "--tls-port", $"{port}", "--tls-auth-clients", "no",
            "--tls-cert-file", PathOf("server.pem"), "--tls-key-file", PathOf("server.key"), "--tls-ca-cert-file", PathOf("ca.pem"));
        var policy = Policy(port) with { Tls = true, TlsHost = "localhost", Authorities = [authority] };

        Assert.Equal([AttemptOutcome.Allowed, AttemptOutcome.Exceeded], await TwiceAsync(policy, "alice"));
        Assert.Equal([AttemptOutcome.LimiterUnavailable, AttemptOutcome.LimiterUnavailable], await TwiceAsync(policy with { Authorities = [other] }, "bob"));
    }

    [RedisFact]
    public async Task In_a_cluster_a_user_lies_in_one_slot()
    {
        using var server = await RedisServer.StartAsync(null, "--cluster-enabled", "yes", "--cluster-config-file", PathOf("nodes.conf"));
        await using (var admin = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true"))
        {
            await admin.GetDatabase().ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", 0, 16383);
            while (!((string)(await admin.GetDatabase().ExecuteAsync("CLUSTER", "INFO"))!).Contains("cluster_state:ok", StringComparison.Ordinal))
            {
                await Task.Yield();
            }
        }

        Assert.Equal([AttemptOutcome.Allowed, AttemptOutcome.Exceeded], await TwiceAsync(Policy(server.Port), "alice"));
        Assert.Equal([AttemptOutcome.Allowed, AttemptOutcome.Exceeded], await TwiceAsync(Policy(server.Port), "bob"));
    }

    [RedisFact]
    public async Task A_sentinel_knows_where_the_master_is()
    {
        using var master = await RedisServer.StartAsync();
        var port = RedisServer.FreePort();
        await File.WriteAllTextAsync(PathOf("sentinel.conf"), $"port {port}\nbind 127.0.0.1\ndir {_folder.FullName}\nsentinel monitor liveness 127.0.0.1 {master.Port} 1\n");
        using var sentinel = await RedisServer.StartFromAsync(PathOf("sentinel.conf"), port, "--sentinel");

        Assert.Equal([AttemptOutcome.Allowed, AttemptOutcome.Exceeded], await TwiceAsync(Policy(port) with { Sentinel = "liveness" }, "alice"));
    }

    private static RedisPolicy Policy(int port) => new() { Addresses = [new IPEndPoint(IPAddress.Loopback, port)], Timeout = TimeSpan.FromSeconds(10) };

    private static async Task<AttemptOutcome[]> TwiceAsync(RedisPolicy policy, string user)
    {
        await using var connection = new RedisConnection(policy, TimeProvider.System, NullLogger<RedisConnection>.Instance);
        await connection.StartAsync(CancellationToken.None);
        var limiter = new RedisAttemptLimiter(connection, RedisAttemptLimiter.Shipped);
        var attempts = new AttemptPolicy { Budget = "default", Count = AttemptCount.Started, Windows = [new AttemptWindow(1, TimeSpan.FromHours(1))] };
        var key = UserKey.OfIdentifier(Keys, user);
        var outcomes = new AttemptOutcome[2];
        for (var attempt = 0; attempt < outcomes.Length; attempt++)
        {
            var call = new AttemptCall(key, null, TransactionId.Issue(Keys, key, DateTimeOffset.UnixEpoch));
            outcomes[attempt] = (await limiter.AcquireAsync(call, attempts, CancellationToken.None)).Outcome;
        }

        return outcomes;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1));
    }

    private void WriteServerCertificate(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(PathOf("server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("server.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(PathOf("ca.pem"), authority.ExportCertificatePem());
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
