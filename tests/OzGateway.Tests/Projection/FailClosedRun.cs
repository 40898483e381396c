using System.Net.Sockets;
using System.Text;
using OzGateway.Tests.Testing;

namespace OzGateway.Tests.Projection;

/// <summary>The gateway in front of a raw upstream; polls travel over raw sockets too.</summary>
public sealed class FailClosedRun : IAsyncLifetime
{
    internal GatewayRun Gateway { get; private set; } = null!;

    internal RawUpstream Upstream { get; } = new();

    public async Task InitializeAsync() =>
        Gateway = await GatewayRun.StartAsync(settings: new GatewaySettings { Destinations = $"\"{Upstream.Address}\"", Attempts = "count: started, windows: [{ permit_limit: 10000, window: 15m }]" });

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>One poll; all bytes that came back.</summary>
    internal async Task<byte[]> PollAsync(RawAnswer answer, string headers = "", string target = "/request.php", string method = "POST")
    {
        Upstream.Answer = answer;
        using var client = new TcpClient();
        await client.ConnectAsync(Gateway.Public.Host, Gateway.Public.Port);
        var stream = client.GetStream();
        var token = Tokens.For(The.User, Gateway.Time.GetUtcNow());
        var body = method == "POST" ? "Content-Type: application/json\r\nContent-Length: 2\r\n" : "";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: x\r\nCookie: session={token}\r\n{body}{headers}Connection: close\r\n\r\n{(body.Length > 0 ? "{}" : "")}"));
        using var received = new MemoryStream();
        await stream.CopyToAsync(received).WaitAsync(TimeSpan.FromSeconds(60));
        return received.ToArray();
    }
}
