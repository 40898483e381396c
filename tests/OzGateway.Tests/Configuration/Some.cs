using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OzGateway.Configuration;
using OzGateway.Forwarding;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Configuration;

/// <summary>Plausible things for these tests.</summary>
internal static class Some
{
    private static readonly ECDsa CurveKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static readonly RSA RsaKey = RSA.Create(2048);

    private static readonly Authority Issuer = Authority.Root();

    private static readonly X509Certificate2 Certificate = Issuer.Server(TimeProvider.System.GetUtcNow().AddDays(-1));

    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>
    {
        ["OZGATEWAY_OZ_TOKEN"] = "planted-oz-token-0123456789abcdef",
        ["OZGATEWAY_USER_KEY"] = "planted-user-key-0123456789abcdef0123456789",
        ["OZGATEWAY_JWT_KEY"] = "planted-jwt-key-0123456789abcdef0123456789",
        ["OZGATEWAY_BACKEND_KEYS"] = "bank:planted-backend-key-0123456789abcdef\n# a comment\nhelpdesk:planted-helpdesk-key-0123456789abc:read,any_user\n",
        ["OZGATEWAY_ADMIN_KEYS"] = "operator:planted-admin-key-0123456789abcdef0123",
        ["OZGATEWAY_REDIS_PASSWORD"] = "planted-redis-password",
        ["OZGATEWAY_RECEIPT_KEYS"] = CurveKey.ExportPkcs8PrivateKeyPem(),
        ["SHORT"] = "planted-short",
        ["PUBLIC_PEM"] = CurveKey.ExportSubjectPublicKeyInfoPem(),
        ["PRIVATE_PEM"] = CurveKey.ExportPkcs8PrivateKeyPem(),
        ["RSA_PEM"] = RsaKey.ExportSubjectPublicKeyInfoPem(),
        ["BROKEN_PEM"] = "-----BEGIN PUBLIC KEY-----\nplanted\n-----END PUBLIC KEY-----",
        ["RSA_PRIVATE_PEM"] = RsaKey.ExportPkcs8PrivateKeyPem(),
        ["AUTHORITY"] = Issuer.Pem,
        ["CERTIFICATE"] = Pem.Of(Certificate),
        ["CERTIFICATE_KEY"] = Pem.KeyOf(Certificate),
        ["EXPIRED_CERTIFICATE"] = Pem.Of(Issuer.Server(TimeProvider.System.GetUtcNow().AddYears(-2))),
        ["FUTURE_CERTIFICATE"] = Pem.Of(Issuer.Server(TimeProvider.System.GetUtcNow().AddDays(1))),
        ["BAD_KEYS"] = "bank:planted-short\nBank:planted-backend-key-0123456789abcdef\nplanted-nonsense\nbank:planted-backend-key-0123456789abcdef:admin\n"
            + "bank:planted-backend-key-0123456789abcdef\nbank:planted-backend-key-0123456789abcdef\n",
    };

    /// <summary>The smallest configuration, with a source of users of the test's choice.</summary>
    public static string ThreeLines(string source) => $$"""
        version: 1
        upstreams: { web_adapter: { destinations: ["http://web-adapter"] } }
        user_key: { sources: [{ {{source}} }] }
        """;

    public static SnapshotResult Read(string text) => Reader().Read(ConfigurationText.Of(text, "gateway.yaml"), SecretMode.Run, revision: 1);

    /// <summary>The snapshot of a text that must be right.</summary>
    public static GatewaySnapshot Snapshot(string text)
    {
        SnapshotResult result = Read(text);
        Assert.Empty(result.Errors);
        return result.Snapshot!;
    }

    /// <summary>The one route of a configuration that must be right.</summary>
    public static RoutePolicy Route(string route, string sections = "") =>
        Snapshot($"{ThreeLines("client_address: {}")}\n{sections}\nroutes: [{route}]").Routes.Single();

    public static SnapshotReader Reader() => new(Environment.GetValueOrDefault);

    public static string RepositoryFile(string path) =>
        Path.Combine(Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "RepositoryRoot").Value!, path);
}
