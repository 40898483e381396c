using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using OzGateway.Simulator;

namespace OzGateway.Demo.Soak;

/// <summary>Sends many uploads at once and looks whether they arrived as they were.</summary>
internal sealed class UploadClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly SimulatorApplication _simulator;
    private readonly HttpClient _http;

    public UploadClient(SimulatorApplication simulator)
    {
        _simulator = simulator;
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { Timeout = Patience };
    }

    /// <summary>Its connections.</summary>
    public IReadOnlyCollection<Socket> Sockets => _sockets;

    /// <summary>Uploads; false where the adapter did not get every medium with the same SHA-256.</summary>
    public async Task<bool> UploadAsync(Uri proxy, int count, MediaPart media)
    {
        _simulator.Received.Clear();
        var meta = new Dictionary<string, string> { ["transaction_id"] = "page-made-id" };
        await Task.WhenAll(Enumerable.Range(0, count).Select(async upload =>
        {
            using var request = _simulator.Dialect.Submission(proxy, $"soak-{upload}", meta, [media], BodyKind.Multipart);
            using var answer = await _http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
            {
                throw new DemoException($"An upload was answered {(int)answer.StatusCode}.");
            }
        }));
        var hash = Convert.ToHexStringLower(SHA256.HashData(media.Content.Span));
        var arrived = _simulator.Received.Submissions;
        return arrived.Count == count && arrived.All(request => request.Parts.Any(part => part.Sha256 == hash));
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        _sockets.Add(socket);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
