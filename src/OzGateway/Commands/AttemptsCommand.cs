using System.CommandLine;
using System.Net;
using OzGateway.Configuration;
using OzGateway.Hosting;

namespace OzGateway.Commands;

/// <summary><c>ozgateway attempts show|reset</c>: where one user stands, and a new beginning; asked of the running gateway, or of Redis itself.</summary>
internal static class AttemptsCommand
{
    private const string KeyVariable = "OZGATEWAY_ADMIN_KEY";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The verb.</summary>
    public static Command Create() => new("attempts", "See or reset the attempts of one user.")
    {
        Verb("show", "Where a user stands in each budget."),
        Verb("reset", "Forget all attempts of a user."),
    };

    private static Command Verb(string name, string description)
    {
        var user = new Option<string?>("--user") { Description = "The user id as in the claim." };
        var address = new Option<string?>("--address") { Description = "A client address, for users told apart by it." };
        var config = new Option<FileInfo?>("--config", "-c") { Description = "The configuration file, for the address of the admin door, or of Redis." };
        var url = new Option<Uri?>("--url") { Description = "The admin door itself, for example http://127.0.0.1:9090.", CustomParser = AdminAddress.Read };
        var keyFile = new Option<FileInfo?>("--key-file") { Description = $"File with an admin key. Default: the variable {KeyVariable}." };
        var store = new Option<bool>("--store") { Description = "Ask Redis itself, as the configuration names it; no gateway need run. No admin key, but the secrets of the configuration are needed." };
        var command = new Command(name, description) { user, address, config, url, keyFile, store };
        command.Validators.Add(written =>
        {
            if (written.GetValue(user) is null == written.GetValue(address) is null)
            {
                written.AddError("Name exactly one of --user and --address.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var question = new OperatorQuestion(name == "reset", parsed.GetValue(user), parsed.GetValue(address));
            return parsed.GetValue(store)
                ? AskStoreAsync(question, parsed.GetValue(config), parsed.InvocationConfiguration, cancellationToken)
                : AskGatewayAsync(question, new AdminDoor(parsed.GetValue(url), parsed.GetValue(config), parsed.GetValue(keyFile)), parsed.InvocationConfiguration, cancellationToken);
        });
        return command;
    }

    private static async Task<int> AskStoreAsync(OperatorQuestion question, FileInfo? config, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var read = new SnapshotReader().Read(ConfigurationFile.Find(config), SecretMode.Run, revision: 1);
        if (read.Snapshot is not { } snapshot)
        {
            await console.Error.WriteLineAsync(string.Join(Environment.NewLine, read.Errors));
            return 1;
        }

        return Tell(await StoreOperator.AskAsync(snapshot, question, cancellationToken), console);
    }

    private static async Task<int> AskGatewayAsync(OperatorQuestion question, AdminDoor door, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var (address, version) = door.Url is null ? AdminAddress.Find(door.Config, "/attempts", console) : (new Uri(door.Url, "/attempts"), HttpVersion.Version11);
        if (address is null)
        {
            return 1;
        }

        var key = door.KeyFile is null ? Environment.GetEnvironmentVariable(KeyVariable) : (await File.ReadAllTextAsync(door.KeyFile.FullName, cancellationToken)).Trim();
        using var http = new HttpClient { Timeout = Patience };
        using var request = question.Request(address, key);
        (request.Version, request.VersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return Tell(new OperatorAnswer(answer.IsSuccessStatusCode, text.Length == 0 ? "reset" : text), console);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await console.Error.WriteLineAsync($"ozgateway: nothing answers at {address}.");
            return 1;
        }
    }

    private static int Tell(OperatorAnswer answer, InvocationConfiguration console)
    {
        (answer.Done ? console.Output : console.Error).WriteLine(answer.Text);
        return answer.Done ? 0 : 1;
    }

    private sealed record AdminDoor(Uri? Url, FileInfo? Config, FileInfo? KeyFile);
}
