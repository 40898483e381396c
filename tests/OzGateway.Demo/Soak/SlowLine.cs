using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OzGateway.Demo.Soak;

/// <summary>A line to the adapter that can take little at a time, and then nothing: what the proxy reads ahead of it is what the proxy holds.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private const int BytesAtOnce = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    private readonly LoopbackListener _listener;
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly Uri _adapter;
    private LineHalt _halt = LineHalt.Released();

    /// <summary>Opens a line.</summary>
    /// <param name="adapter">Where it leads.</param>
    public SlowLine(Uri adapter)
    {
        _adapter = adapter;
        _listener = new LoopbackListener(CarryAsync, BytesAtOnce);
    }

    /// <summary>Where it begins.</summary>
    public Uri Address => _listener.Address;

    /// <summary>The open ends that the proxy writes to.</summary>
    public IEnumerable<Socket> Sockets => _sockets.Keys;

    /// <summary>From now on each connection takes little at a time, so many bytes in all, and then none. Before, and once it is released, bytes flow as fast as they can.</summary>
    public LineHalt HaltAfter(int bytes) => _halt = new LineHalt(bytes);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task CarryAsync(TcpClient near, CancellationToken cancellationToken)
    {
        using var far = new TcpClient();
        _sockets.TryAdd(near.Client, true);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _adapter.Port, cancellationToken);
            var back = far.GetStream().CopyToAsync(near.GetStream(), cancellationToken);
            await CarryAsync(near.GetStream(), far.GetStream(), cancellationToken);
            far.Client.Shutdown(SocketShutdown.Send);
            await back;
        }
        finally
        {
            _sockets.TryRemove(near.Client, out _);
        }
    }

    private async Task CarryAsync(NetworkStream near, NetworkStream far, CancellationToken cancellationToken)
    {
        var buffer = new byte[BytesAtOnce];
        var halt = _halt;
        var carried = 0;
        int count;
        while ((count = await near.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await far.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            carried = halt == _halt ? carried + count : count;
            halt = _halt;
            await halt.PassAsync(carried, Pause, cancellationToken);
        }
    }
}
