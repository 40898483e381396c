using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OzGateway.Tests.Hosting;

/// <summary>An adapter that takes calls, answers none, and dies when it is told to.</summary>
internal sealed class DyingAdapter : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _taken = [];

    public DyingAdapter()
    {
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = TakeAsync();
    }

    public string Address { get; }

    /// <summary>Calls of which something has arrived.</summary>
    public int Taken => _taken.Count(socket => socket.Available > 0);

    /// <summary>Resets every connection, as the kernel does for a process that was killed.</summary>
    public void Die()
    {
        _listener.Stop();
        foreach (var socket in _taken)
        {
            socket.Close(timeout: 0);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                _taken.Add(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception dead) when (dead is SocketException or ObjectDisposedException)
        {
            // It has died.
        }
    }
}
