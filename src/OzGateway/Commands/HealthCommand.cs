using System.CommandLine;
using System.Net;

namespace OzGateway.Commands;

/// <summary><c>ozgateway health</c>: asks the running gateway whether it is ready; for a container's health check.</summary>
internal static class HealthCommand
{
    private const int MaxWord = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Option<FileInfo?>("--config", "-c") { Description = "The configuration file, for the address of the admin door." };
        var url = new Option<Uri?>("--url") { Description = "The readiness address itself, for example http://127.0.0.1:9090/health/ready.", CustomParser = AdminAddress.Read };
        var command = new Command("health", "Ask the running gateway whether it is ready: exit code 0 or 1.") { config, url };
        command.SetAction((parsed, cancellationToken) =>
            AskAsync(parsed.GetValue(url), parsed.GetValue(config), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> AskAsync(Uri? url, FileInfo? config, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var (address, version) = url is null ? AdminAddress.Find(config, "/health/ready", console) : (url, HttpVersion.Version11);
        if (address is null)
        {
            return 1;
        }

        // Whoever answers learns nothing and is told nothing: a probe, like those of an orchestrator, does not judge certificates.
        using var connections = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var http = new HttpClient(connections) { Timeout = Patience };
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, address) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var answer = await http.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            // A probe says one word; of any other address, a plugin's script for instance, the status says enough.
            var isWord = answer.Content.Headers is { ContentType.MediaType: "text/plain", ContentLength: <= MaxWord };
            await console.Output.WriteLineAsync(isWord ? await answer.Content.ReadAsStringAsync(cancellationToken) : $"{(int)answer.StatusCode}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await console.Error.WriteLineAsync($"ozgateway: nothing answers at {address}.");
            return 1;
        }
    }
}
