using System.Net.Sockets;
using System.Text;
using OzGateway.Simulator.Wire;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Edge;

/// <summary>What no route names is not there, in whatever spelling, and the adapter hears nothing of it.</summary>
public sealed class UnroutedPathTests
{
    private static readonly string[] Paths =
    [
        "/", "/index.php", "/debug.php", "/DEBUG.php", "/core/app_config.json", "/core/", "/logs/error.log", "/.env", "/.git/config", "/.htaccess", "/api/folders/", "/admin", "/server-status", "/metrics", "/health/live",
        "/PLUGIN_LIVENESS.PHP", "/Plugin_liveness.php", "/plugin_liveness.php/", "/plugin_liveness.php/x", "/plugin_liveness.phps", "/plugin_liveness", "/request.php/", "/REQUEST.PHP", "/request", "/request.php.bak", "/init.php/x", "/tm.php/", "/TM.php",
        "/Plugin/a.css", "/plugin", "/plugin/debug.php", "/plugin/a.php.js", "/plugin/.htaccess", "/plugin/x/.git/config", "/vendor/.env", "/vendor/a.phtml", "/x/plugin/a.css", "/transactions/", "/Transactions", "/transactions/current/", "/transactions/x",
        "/.well-known/jwks.json", "/openapi.json", "/attempts/",
    ];

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public async Task They_are_not_there(string method)
    {
        await using var adapter = new WireAdapter();
        await using var run = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{adapter.Address}\"" });
        using var client = new TcpClient();
        await client.ConnectAsync(run.Public.Host, run.Public.Port);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var head = string.Concat(Paths.Select(path => $"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")) + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        var answers = (await reader.ReadToEndAsync()).Split("HTTP/1.1 ")[1..];

        Assert.Equal(Paths.Length + 1, answers.Length);
        var others = Paths.Append("/").Zip(answers).Where(pair => !pair.Second.StartsWith("404 ", StringComparison.Ordinal)).Select(pair => $"{pair.First} {pair.Second.Split('\r')[0]}");
        Assert.Equal([], others);
        Assert.Empty(adapter.Received);
    }
}
