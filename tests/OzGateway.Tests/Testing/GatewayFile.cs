using OzGateway.Simulator;

namespace OzGateway.Tests.Testing;

/// <summary>A gateway.yaml with its secrets, in a folder of its own that goes when the story ends.</summary>
internal sealed class GatewayFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-test-");

    public GatewayFile(SimulatorApplication simulator, GatewaySettings settings)
    {
        Secret("user_key", The.UserKeySecret);
        Secret("next_user_key", The.NextUserKeySecret);
        Secret("jwt_key", The.JwtSecret);
        Secret("oz_token", simulator.Options.OzApiToken);
        Secret("backend_keys", BackendKeys);
        Secret("admin_keys", $"operator:{The.AdminKey}\n");
        Secret("receipt_keys.pem", ReceiptPem.Of(settings.ReceiptKeys));
        foreach (var (name, content) in settings.Files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Beside(name))!);
            Secret(name, content);
        }

        foreach (var (name, target) in settings.Links)
        {
            File.CreateSymbolicLink(Beside(name), target);
        }

        File.WriteAllText(Path, Yaml(simulator, settings));
    }

    /// <summary>Lines of the backend door's keys.</summary>
    public static string BackendKeys => $"""
        bank:{The.BackendKey}
        master:{The.MasterBackendKey}:read,any_user
        desk:{The.DeskBackendKey}:read,issue
        detail:{The.DetailBackendKey}:read,scores,media
        issuing:{The.IssuingBackendKey}:issue

        """;

    public string Path => System.IO.Path.Combine(_folder.FullName, "gateway.yaml");

    public string AuditPath => Beside("audit.jsonl");

    /// <summary>A file beside it.</summary>
    public string Beside(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Path of everything on the public door.</summary>
    public static string PublicPrefix(SimulatorApplication simulator, GatewaySettings settings) =>
        settings.PublicPrefix ?? (simulator.Options.Prefix.Length == 0 ? "" : "/liveness");

    public void Dispose() => _folder.Delete(recursive: true);

    private void Secret(string name, string content) => File.WriteAllText(Beside(name), content);

    private string Yaml(SimulatorApplication simulator, GatewaySettings settings)
    {
        var dialect = simulator.Dialect;
        var oz = settings.WithOzApi ? $"  oz_api: {{ destinations: [\"{simulator.Address}\"], token: {{ from_file: oz_token }}{settings.OzApi} }}" : "";
        var prefix = PublicPrefix(simulator, settings);
        return $$"""
            version: 1
            {{(prefix.Length == 0 ? "" : $"public_prefix: {prefix}")}}
            upstreams:
              web_adapter:
                destinations: [{{settings.Destinations ?? $"\"{simulator.Address}\""}}]
                {{settings.Session ?? DialectYaml.Session(dialect)}}
                timeouts: { {{settings.Timeouts}} }
                {{(simulator.Options.Prefix.Length == 0 ? "" : $"prefix: {simulator.Options.Prefix}")}}
            {{settings.Upstream}}
            {{oz}}
            user_key:
              {{settings.Keys}}
              sources:
                - ticket: { carrier: {{settings.Carrier}}{{(settings.Carrier == "cookie" ? ", dangerous_plain_http_cookie: true" : "")}} }
            {{settings.Sources}}
            doors:
              public: { address: "127.0.0.1:0"{{settings.PublicDoor}} }
              backend: { address: "127.0.0.1:0", keys: { from_file: backend_keys }{{settings.BackendDoor}} }
              admin: { address: "127.0.0.1:0", keys: { from_file: admin_keys }{{settings.AdminDoor}} }
              limits: { {{settings.DoorLimits}} }
            attempts: { {{settings.Attempts}} }
            transaction: { {{settings.Transaction}}, set: { {{settings.Set ?? $"{dialect.TransactionIdKey}: transaction_id, {dialect.EndUserIdKey}: user_key"}} } }
            verdicts: { {{settings.Verdicts}} }
            projection: { {{settings.Projection ?? "result_mode: safe"}}, {{DialectYaml.Projection(dialect)}} }
            capacity: { polls: { {{settings.Polls}} } }
            audit: { file: "{{AuditPath}}" }
            drain: { {{settings.Drain}} }
            {{settings.Limits}}
            {{settings.Telemetry}}
            {{settings.Browser}}
            {{settings.Store}}
            {{DialectYaml.Routes(dialect, settings.Routes)}}
            """;
    }
}
