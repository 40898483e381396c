using System.Net;
using System.Net.Sockets;

namespace OzGateway.Demo.Soak;

/// <summary>Passes bytes on to a port, each answer as late as it is told.</summary>
internal sealed class SlowProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly int _target;

    public SlowProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How late answers are.</summary>
    public TimeSpan Delay { get; set; }

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_ended.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            _listener.Stop();
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), CopyLateAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception ended) when (ended is IOException or SocketException)
            {
                client.Close();
            }
        }
    }

    private async Task CopyLateAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            await Task.Delay(Delay, TimeProvider.System);
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
