using System.Net;
using System.Net.Sockets;

namespace OzGateway.Demo.Soak;

/// <summary>A line to the adapter that takes little at a time: what the proxy reads ahead of it is what the proxy holds.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private const int BytesAtOnce = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly Uri _adapter;

    /// <summary>Opens a line.</summary>
    /// <param name="adapter">Where it leads.</param>
    public SlowLine(Uri adapter)
    {
        _adapter = adapter;
        _listener.Server.ReceiveBufferSize = BytesAtOnce;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it begins.</summary>
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
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_closed.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using (near)
        using (var far = new TcpClient())
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _adapter.Port, _closed.Token);
                var back = far.GetStream().CopyToAsync(near.GetStream(), _closed.Token);
                var buffer = new byte[BytesAtOnce];
                int count;
                while ((count = await near.GetStream().ReadAsync(buffer, _closed.Token)) > 0)
                {
                    await far.GetStream().WriteAsync(buffer.AsMemory(0, count), _closed.Token);
                    await Task.Delay(Pause, _closed.Token);
                }

                far.Client.Shutdown(SocketShutdown.Send);
                await back;
            }
            catch (Exception broken) when (broken is OperationCanceledException or IOException or SocketException)
            {
                // One side has gone; the other sees it when both are closed.
            }
        }
    }
}
