using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Commands;

/// <summary>What an operator sees and resets, of the running gateway and of Redis itself.</summary>
public sealed class AttemptsCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ozgateway-command-");

    public void Dispose() => _folder.Delete(recursive: true);

    [RedisFact]
    public async Task A_user_is_shown_and_reset_at_the_door_and_in_the_store_and_it_is_written_down()
    {
        using var redis = await RedisServer.StartAsync();
        Write("user_key", The.UserKeySecret);
        Write("admin_keys", $"operator:{The.AdminKey}\n");
        Write("key", The.AdminKey);
        Write("wrong_key", "a-key-that-opens-nothing-0123456789abcdef");
        var config = Write("gateway.yaml", $$"""
            version: 1
            upstreams: { web_adapter: { destinations: ["http://127.0.0.1:1"] } }
            user_key: { hmac_key: { from_file: user_key }, sources: [{ client_address: {} }] }
            doors: { public: { address: "127.0.0.1:0" }, backend: { address: "127.0.0.1:0" }, admin: { address: "127.0.0.1:0", keys: { from_file: admin_keys } } }
            store: { redis: { addresses: ["{{redis.Address}}"] } }
            audit: { file: "{{Path.Combine(_folder.FullName, "audit.jsonl")}}" }
            """);
        await using var program = ProgramProcess.Start(["run", "--config", config]);
        var url = (await program.DoorsAsync()).Admin.ToString();

        var shown = await ProgramProcess.RunAsync("attempts", "show", "--user", The.User, "--url", url, "--key-file", Path.Combine(_folder.FullName, "key"));
        var refused = await ProgramProcess.RunAsync("attempts", "reset", "--user", The.User, "--url", url, "--key-file", Path.Combine(_folder.FullName, "wrong_key"));
        var reset = await ProgramProcess.RunAsync("attempts", "reset", "--address", "192.0.2.1", "--url", url, "--key-file", Path.Combine(_folder.FullName, "key"));
        var stored = await ProgramProcess.RunAsync("attempts", "show", "--user", The.User, "--store", "--config", config);

        Assert.Equal((0, 1, 0, 0), (shown.ExitCode, refused.ExitCode, reset.ExitCode, stored.ExitCode));
        Assert.Contains("\"budget\": \"default\"", shown.Output, StringComparison.Ordinal);
        Assert.Equal(shown.Output, stored.Output);
        Assert.Contains("admin_key_invalid", refused.Errors, StringComparison.Ordinal);
        var audit = "";
        while (!audit.Contains("attempts_reset", StringComparison.Ordinal))
        {
            await using var file = new FileStream(Path.Combine(_folder.FullName, "audit.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            audit = await new StreamReader(file).ReadToEndAsync();
        }

        Assert.Contains("\"operator\":\"operator\"", audit, StringComparison.Ordinal);
        Assert.Contains("operator_refused", audit, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"store\"", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(The.User, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(The.User, program.Output, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
