using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OzGateway.Demo.Soak;

/// <summary>An upstream that answers every request with given bytes, once or without end, and closes.</summary>
internal sealed class BytesUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private byte[] _head = [];
    private byte[] _body = [];
    private bool _isEndless;
    private long _written;

    /// <summary>Opens it.</summary>
    public BytesUpstream()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Bytes of bodies that the other side took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>What the next requests are answered with.</summary>
    public void Answer(byte[] body, string headers, bool isEndless)
    {
        var length = isEndless ? "" : $"Content-Length: {body.Length}\r\n";
        _head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}{length}Connection: close\r\n\r\n");
        (_body, _isEndless) = (body, isEndless);
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Dispose();
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_closed.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                // A poll's head and its two bytes are one packet or two, and small: what is unread when this side closes would reset the answer.
                var request = new StringBuilder();
                var buffer = new byte[16 * 1024];
                while (!IsWhole(request.ToString()))
                {
                    var count = await stream.ReadAsync(buffer, _closed.Token);
                    if (count == 0)
                    {
                        return;
                    }

                    request.Append(Encoding.Latin1.GetString(buffer, 0, count));
                }

                await stream.WriteAsync(_head, _closed.Token);
                do
                {
                    await stream.WriteAsync(_body, _closed.Token);
                    Interlocked.Add(ref _written, _body.Length);
                }
                while (_isEndless);
            }
            catch (Exception broken) when (broken is OperationCanceledException or IOException or SocketException)
            {
                // The gateway has dropped the answer.
            }
        }
    }

    private static bool IsWhole(string request) =>
        request.Contains("\r\n\r\n", StringComparison.Ordinal)
        && (!request.Contains("chunked", StringComparison.OrdinalIgnoreCase) || request.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
}
