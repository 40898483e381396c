using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OzGateway.Demo.Soak;

/// <summary>A proxy, or an adapter, in a process of its own, whose resident memory is read from the kernel.</summary>
internal sealed partial class ProxyProcess : IAsyncDisposable
{
    private const string Unwritable = "/proc";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ProxyProcess(Process process, DirectoryInfo folder, Match doors)
    {
        (_process, _folder, Address, Figures) = (process, folder, Door(doors.Groups[1]), new ProcessFigures(process.Id));
        Admin = doors.Groups[2].Success ? Door(doors.Groups[2]) : Address;
    }

    /// <summary>Where it takes uploads.</summary>
    public Uri Address { get; }

    /// <summary>Where the gateway takes probes.</summary>
    public Uri Admin { get; }

    /// <summary>What the kernel says of it.</summary>
    public ProcessFigures Figures { get; }

    /// <summary>The gateway itself: the program that ships, from a configuration without attempt limits that matter.</summary>
    public static Task<ProxyProcess> GatewayAsync(Uri upstream) => GatewayAsync(upstream, "http1");

    /// <summary>The gateway, with a public door that speaks one protocol.</summary>
    public static async Task<ProxyProcess> GatewayAsync(Uri upstream, string protocol)
    {
        var folder = Directory.CreateTempSubdirectory("ozgateway-soak-");
        var config = Path.Combine(folder.FullName, "gateway.yaml");
        await File.WriteAllTextAsync(config, $$"""
            version: 1
            upstreams: { web_adapter: { destinations: ["{{upstream}}"] } }
            user_key: { sources: [{ client_address: {} }] }
            doors: { public: { address: "127.0.0.1:0", protocols: [{{protocol}}] }, backend: { address: "127.0.0.1:0" }, admin: { address: "127.0.0.1:0" } }
            attempts: { windows: [{ permit_limit: 10000, window: 1h }] }
            capacity: { polls: { permit_limit: 100000, window: 1m } }
            """);
        return await StartAsync(folder, "dotnet", [Path.Combine(AppContext.BaseDirectory, "ozgateway.dll"), "run", "--config", config]);
    }

    /// <summary>The gateway itself, with a limit that matters.</summary>
    public static async Task<ProxyProcess> LimitedGatewayAsync(Uri upstream, SoakSecrets secrets, LimitedGateway limits)
    {
        var folder = Directory.CreateTempSubdirectory("ozgateway-soak-");
        var config = Path.Combine(folder.FullName, "gateway.yaml");
        var store = limits.Redis is { } port ? $"store: {{ redis: {{ addresses: [\"127.0.0.1:{port}\"] }} }}" : "";
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "user_key"), secrets.UserKey);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "jwt_key"), secrets.JwtKey);
        await File.WriteAllTextAsync(config, $$"""
            version: 1
            upstreams: { web_adapter: { destinations: ["{{upstream}}"] } }
            user_key:
              hmac_key: { from_file: user_key }
              sources:
                - jwt_claim: { claim: sub, issuer: "https://login.example", audience: liveness, cookie: session, key: { from_file: jwt_key } }
            doors: { public: { address: "127.0.0.1:0" }, backend: { address: "127.0.0.1:0" }, admin: { address: "127.0.0.1:0" } }
            attempts: { count: {{limits.Count}}, windows: [{ permit_limit: {{limits.Limit}}, window: 1h }] }
            audit: { file: "{{Path.Combine(folder.FullName, "audit.jsonl")}}" }
            {{store}}
            """);
        return await StartAsync(folder, "dotnet", [Path.Combine(AppContext.BaseDirectory, "ozgateway.dll"), "run", "--config", config]);
    }

    /// <summary>Plain YARP.</summary>
    public static Task<ProxyProcess> PlainYarpAsync(Uri upstream) =>
        StartAsync(Directory.CreateTempSubdirectory("ozgateway-soak-"), "dotnet", [typeof(ProxyProcess).Assembly.Location, "soak-child", "yarp", upstream.AbsoluteUri]);

    /// <summary>A Web Adapter that can be killed.</summary>
    public static Task<ProxyProcess> AdapterAsync() =>
        StartAsync(Directory.CreateTempSubdirectory("ozgateway-soak-"), "dotnet", [typeof(ProxyProcess).Assembly.Location, "soak-child", "adapter", "http://none/"]);

    /// <summary>Tells it to end, as an orchestrator does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it where it stands.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<ProxyProcess> StartAsync(DirectoryInfo folder, string program, string[] arguments)
    {
        // Nothing can be written where it stands, nor where temporary files go: not even by root.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = Unwritable };
        start.Environment["TMPDIR"] = Unwritable;
        var process = Process.Start(start)
            ?? throw new DemoException($"Cannot start {program}.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Port().Match(line) is { Success: true } port)
            {
                // What it goes on to print must not fill the pipe.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ProxyProcess(process, folder, port);
            }
        }

        throw new DemoException($"{program} {string.Join(' ', arguments)} ended before it served.");
    }

    private static Uri Door(Group port) => new($"http://127.0.0.1:{port.Value}/");

    [GeneratedRegex("public door ([0-9]+),(?:.* admin door ([0-9]+);)?")]
    private static partial Regex Port();
}
