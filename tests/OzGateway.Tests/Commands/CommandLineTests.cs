using System.Net;
using System.Net.Sockets;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Commands;

/// <summary>What an operator types, and the code it ends with: 0 fine, 1 refused, 2 wrong use.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-command-");

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("check", "--colour")]
    [InlineData("check", "one.yaml", "two.yaml")]
    [InlineData("run", "--config")]
    [InlineData("health", "--url")]
    [InlineData("health", "--url", "ready")]
    [InlineData("health", "--url", "file:///etc/passwd")]
    [InlineData("run", "surplus")]
    [InlineData("attempts", "show")]
    [InlineData("attempts", "reset", "--user", "alice", "--address", "192.0.2.1")]
    public async Task Wrong_use_ends_with_2_and_serves_nothing(params string[] arguments)
    {
        var (exit, output, errors) = await ProgramProcess.RunAsync(arguments);

        Assert.Equal(2, exit);
        Assert.NotEmpty(errors);
        Assert.DoesNotContain("public door", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("check", "--help")]
    public async Task Asking_for_help_is_fine(params string[] arguments)
    {
        var (exit, output, _) = await ProgramProcess.RunAsync(arguments);

        Assert.Equal(0, exit);
        Assert.NotEmpty(output);
    }

    [Fact]
    public async Task Check_prints_what_an_outage_of_the_store_allows_at_worst()
    {
        var file = Write("""
            version: 1
            upstreams: { web_adapter: { destinations: ["http://web-adapter"] } }
            user_key: { hmac_key: { from_env: NOT_HERE }, sources: [{ client_address: {} }] }
            store: { redis: { addresses: ["redis:6379"] } }

            """);

        var (exit, output, errors) = await ProgramProcess.RunAsync("check", file);

        Assert.True(exit == 0, errors);
        Assert.Contains("at worst replicas x 5 in 15m and replicas x 15 in 1d.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_file_is_fine()
    {
        var (exit, output, errors) = await ProgramProcess.RunAsync("check", Write(Good), "--routes");

        Assert.True(exit == 0, errors);
        Assert.StartsWith("gateway.yaml: fine, 6 routes, ", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^check +exchange +POST +/request.php$", output);
        Assert.Matches("(?m)^debug +blocked ", output);
    }

    [Fact]
    public async Task Every_mistake_is_printed_with_its_place()
    {
        var file = Write(Good + "attempts: { window: 10 }\ncolour: red\n");

        var (exit, output, errors) = await ProgramProcess.RunAsync("check", file);

        Assert.Equal((1, ""), (exit, output));
        var lines = errors.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Matches(@"gateway\.yaml:[0-9]+:[0-9]+: error OZG[0-9]{4}: ", line));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("run", "--config")]
    [InlineData("health", "--config")]
    public async Task A_file_that_is_not_there_is_refused(params string[] verb)
    {
        var (exit, _, errors) = await ProgramProcess.RunAsync([.. verb, Path.Combine(_folder.FullName, "missing.yaml")]);

        Assert.Equal(1, exit);
        Assert.Contains("missing.yaml", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_file_is_not_run()
    {
        var (exit, output, errors) = await ProgramProcess.RunAsync("run", "--config", Write(Good + "colour: red\n"));

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("colour", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_absent_here_is_a_warning_for_check_and_an_error_for_run()
    {
        var file = Write(Good + "  hmac_key: { from_env: OZGATEWAY_TEST_ABSENT }\n");

        var check = await ProgramProcess.RunAsync("check", file);
        var run = await ProgramProcess.RunAsync("run", "--config", file);

        Assert.Equal((0, 1), (check.ExitCode, run.ExitCode));
        Assert.Contains("warning", check.Errors, StringComparison.Ordinal);
        Assert.Contains("error", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_door_that_is_taken_is_one_clear_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exit, _, errors) = await ProgramProcess.RunAsync(
            "run", "--config", Write(Good.Replace("public: { address: \"127.0.0.1:0\" }", $"public: {{ address: \"127.0.0.1:{port}\" }}", StringComparison.Ordinal)));

        Assert.Equal(1, exit);
        Assert.StartsWith("ozgateway: cannot start: ", errors, StringComparison.Ordinal);
        Assert.Contains($":{port}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_ours_is_one_clear_line()
    {
        var (exit, output, errors) = await ProgramProcess.RunAsync(
            "run", "--config", Write(Good.Replace("public: { address: \"127.0.0.1:0\" }", "public: { address: \"192.0.2.1:8080\" }", StringComparison.Ordinal)));

        Assert.Equal(1, exit);
        Assert.StartsWith("ozgateway: cannot start: a door (public 192.0.2.1:8080, ", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n'));
        Assert.DoesNotContain("\"stack\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_and_a_key_that_cannot_be_used_are_one_clear_line()
    {
        var tls = $"tls: {{ certificate: {{ from_file: {_folder.FullName}/tls.crt }}, key: {{ from_file: {_folder.FullName}/tls.key }} }}";
        var file = Write(Good.Replace("public: { address: \"127.0.0.1:0\" }", $"public: {{ address: \"127.0.0.1:0\", {tls} }}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "tls.key"), "not PEM");
        var absent = await ProgramProcess.RunAsync("run", "--config", file);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "tls.crt"), "not PEM");
        var unreadable = await ProgramProcess.RunAsync("run", "--config", file);

        Assert.Equal((1, ""), (absent.ExitCode, absent.Output));
        Assert.Matches(@"^gateway\.yaml:4:[0-9]+: error OZG1109: doors\.public\.tls\.certificate\.from_file names a file that does not exist or cannot be read\.$", absent.Errors);
        Assert.Equal((1, ""), (unreadable.ExitCode, unreadable.Output));
        Assert.Matches(@"^gateway\.yaml:4:[0-9]+: error OZG1116: doors\.public\.tls\.certificate holds no certificate in PEM [^\n]+$", unreadable.Errors);
    }

    [Fact]
    public async Task An_audit_file_that_cannot_be_opened_is_one_clear_line()
    {
        var (exit, _, errors) = await ProgramProcess.RunAsync("run", "--config", Write(Good + $"audit: {{ file: \"{_folder.FullName}/missing/audit.jsonl\" }}\n"));

        Assert.Equal(1, exit);
        Assert.StartsWith("ozgateway: cannot start: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_whether_the_gateway_is_ready()
    {
        await using var run = await GatewayRun.StartAsync();

        var (exit, output, _) = await ProgramProcess.RunAsync("health", "--url", new Uri(run.Admin, "health/ready").AbsoluteUri);

        Assert.Equal((0, "ready"), (exit, output));
    }

    [Fact]
    public async Task Health_finds_the_admin_door_in_the_file()
    {
        await using var run = await GatewayRun.StartAsync();
        var file = Write(Good.Replace("admin: { address: \"127.0.0.1:0\" }", $"admin: {{ address: \"0.0.0.0:{run.Admin.Port}\" }}", StringComparison.Ordinal));

        var (exit, output, _) = await ProgramProcess.RunAsync("health", "--config", file);

        Assert.Equal((0, "ready"), (exit, output));
    }

    [Fact]
    public async Task Health_of_another_address_says_its_status_not_its_body()
    {
        await using var run = await GatewayRun.StartAsync();

        var (exit, output, _) = await ProgramProcess.RunAsync("health", "--url", new Uri(run.Public, "plugin_liveness.php").AbsoluteUri);

        Assert.Equal((0, "200"), (exit, output));
    }

    [Fact]
    public async Task Health_of_nobody_is_refused()
    {
        var (exit, _, errors) = await ProgramProcess.RunAsync("health", "--url", "http://127.0.0.1:1/health/ready");

        Assert.Equal((1, "ozgateway: nothing answers at http://127.0.0.1:1/health/ready."), (exit, errors));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Good => """
        version: 1
        upstreams: { web_adapter: { destinations: ["http://127.0.0.1:8090"] } }
        doors:
          public: { address: "127.0.0.1:0" }
          backend: { address: "127.0.0.1:0" }
          admin: { address: "127.0.0.1:0" }
        user_key:
          sources: [{ client_address: {} }]

        """;

    private string Write(string yaml)
    {
        var path = Path.Combine(_folder.FullName, "gateway.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
