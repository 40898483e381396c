namespace OzGateway.Tests.Shipping;

/// <summary>What the operator is told: what is open, what is closed, what will not work.</summary>
public sealed class NotesTests
{
    public static TheoryData<string, string> Told => new()
    {
        { "defaults", "http://rel-ozgateway-public.default:8080" },
        { "defaults", "variable OZGATEWAY_USER_KEY = ozgateway/user-key" },
        { "defaults", "NOT CLOSED: the side door to the Web Adapter" },
        { "defaults", "NOT CLOSED: the way to Oz API" },
        { "defaults", "CLOSED: the backend door, to everyone" },
        { "defaults", "NOT CLOSED: the gateway's way to any address on port 443" },
        { "defaults", "helm test rel --namespace default" },
        { "no-network-policy", "NOT CLOSED: networkPolicy is off" },
        { "audit-claim", "WARNING: 3 replicas without a shared store count attempts each for itself" },
        { "autoscaling", "WARNING: up to 8 replicas without a shared store" },
        { "load-balancer", "WARNING: the backend door is reachable from outside the cluster (NodePort)" },
        { "existing-secrets", "/run/secrets/oz = SecretProviderClass oz-account" },
        { "tls", "/run/secrets/tls/public = liveness-tls" },
    };

    public static TheoryData<string, string> Silent => new()
    {
        { "defaults", "WARNING" },
        { "closed-network", "CLOSED" },
        { "closed-network", "WARNING" },
        { "existing-secrets", "WARNING" },
        { "audit-file", "WARNING" },
        { "ingress", "WARNING" },
    };

    [HelmTheory]
    [MemberData(nameof(Told))]
    public async Task It_is_said(string set, string text) => Assert.Contains(text, await NotesAsync(set), StringComparison.Ordinal);

    [HelmTheory]
    [MemberData(nameof(Silent))]
    public async Task It_is_not_said_without_need(string set, string text) => Assert.DoesNotContain(text, await NotesAsync(set), StringComparison.Ordinal);

    [HelmTheory]
    [InlineData("--set-json", "env=[]", "variable OZGATEWAY_BACKEND_KEYS")]
    [InlineData("--set-string", "gateway=doors: { admin: { address: \"[::]:9090\" }\\, backend: { keys: { from_file: /run/keys } } }", "file /run/keys")]
    public async Task A_secret_that_nothing_provides_is_named(string option, string values, string missing)
    {
        var notes = await Helm.NotesAsync(option, values);

        Assert.Contains("WARNING: values.gateway asks for what neither env nor a mounted Secret provides", notes, StringComparison.Ordinal);
        Assert.Contains(missing, notes, StringComparison.Ordinal);
    }

    [HelmTheory]
    [InlineData("serviceMonitor.enabled=true,gateway=doors: { admin: { address: \"[::]:9090\" } }\ntelemetry: { prometheus: true }", "WARNING: Prometheus cannot reach the admin door")]
    [InlineData("otlp.endpoint=http://otel:4317", "WARNING: the gateway cannot reach http://otel:4317")]
    [InlineData("networkPolicy.ozApi.podLabels.app=oz-api", "WARNING: Oz API now admits the gateway alone")]
    [InlineData("networkPolicy.egress.enabled=false", "NOT CLOSED: the gateway's own way out")]
    [InlineData("ingress.enabled=true,ingress.hosts[0].host=bank.example,ingress.hosts[0].paths[0].path=/,ingress.hosts[0].paths[0].pathType=Prefix", "WARNING: the Ingress has no tls")]
    [InlineData("gateway=doors: { admin: { address: \"[::]:9090\" } }\nstore: { redis: { address: \"redis:6379\" } }", "WARNING: the gateway cannot reach Redis")]
    public async Task What_cannot_work_is_said(string values, string text) => Assert.Contains(text, await Helm.NotesAsync("--set", values), StringComparison.Ordinal);

    private static Task<string> NotesAsync(string set) => Helm.NotesAsync("-f", ValueSets.File(set));
}
