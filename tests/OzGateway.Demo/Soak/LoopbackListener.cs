using System.Net;
using System.Net.Sockets;

namespace OzGateway.Demo.Soak;

/// <summary>Listens at a free port of this machine and serves each connection by itself, until it is closed.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly Func<TcpClient, CancellationToken, Task> _serve;

    /// <summary>Opens it.</summary>
    /// <param name="serve">Serves one connection. That it breaks off, or that the listener is closed meanwhile, ends it in silence.</param>
    /// <param name="receiveBytes">Receive buffer of the connections; 0 leaves the system's.</param>
    public LoopbackListener(Func<TcpClient, CancellationToken, Task> serve, int receiveBytes = 0)
    {
        _serve = serve;
        if (receiveBytes > 0)
        {
            _listener.Server.ReceiveBufferSize = receiveBytes;
        }

        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

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
                await _serve(client, _closed.Token);
            }
            catch (Exception broken) when (broken is OperationCanceledException or IOException or SocketException)
            {
                // One side has gone; the other sees it when the connection is closed.
            }
        }
    }
}
