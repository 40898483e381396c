using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OzGateway.Simulator.Mixed;

/// <summary>Stands in front of a simulator and passes bytes on; while it is down nothing listens there, and what was open is broken off.</summary>
public sealed class FlappingFront : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly Lock _lock = new();
    private readonly int _port;
    private TcpListener? _listener;

    /// <summary>Begins, up, on any free port.</summary>
    /// <param name="target">The simulator's address.</param>
    public FlappingFront(Uri target)
    {
        ArgumentNullException.ThrowIfNull(target);
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>How often it went down.</summary>
    public int Downs { get; private set; }

    /// <summary>Goes down: refuses connections and breaks off those it has.</summary>
    public void GoDown()
    {
        lock (_lock)
        {
            Downs++;
            _listener?.Stop();
            _listener = null;
        }

        foreach (var socket in _open.Keys)
        {
            Break(socket);
        }
    }

    /// <summary>Comes back on the same port.</summary>
    public void ComeBack()
    {
        lock (_lock)
        {
            _listener = new TcpListener(IPAddress.Loopback, _port);
            _listener.Start();
            _ = AcceptAsync(_listener);
        }
    }

    /// <summary>Goes down every now and then until it is told to stop; it is up in the end.</summary>
    /// <param name="up">How long it is up.</param>
    /// <param name="down">How long it is down.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends it.</param>
    public async Task FlapAsync(TimeSpan up, TimeSpan down, TimeProvider time, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(up, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
            {
                GoDown();
                await Task.Delay(down, time, CancellationToken.None);
                ComeBack();
            }
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        GoDown();
        return ValueTask.CompletedTask;
    }

    // A reset, as when a process dies.
    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception down) when (down is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It went down.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _open[client] = 0;
        _open[server] = 0;
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port);
            await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception down) when (down is SocketException or ObjectDisposedException)
        {
            // It went down.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
        catch (Exception down) when (down is SocketException or ObjectDisposedException)
        {
            // One side went away; the other is closed with it.
        }
    }
}
