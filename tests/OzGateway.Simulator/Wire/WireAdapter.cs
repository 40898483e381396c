using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OzGateway.Simulator.Wire;

/// <summary>An adapter that is nothing but a socket: it records what it receives by the letter, and gives every call the same small answer.</summary>
public sealed class WireAdapter : IAsyncDisposable
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 2\r\n\r\n{}");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<WireRequest> _received = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    public WireAdapter()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Requests that came whole, in order.</summary>
    public IReadOnlyList<WireRequest> Received => [.. _received];

    /// <summary>What came and was no request by the letter, or no whole one.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Forgets what came so far.</summary>
    public void Clear()
    {
        _received.Clear();
        _faults.Clear();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        await using (_over.Token.UnsafeRegister(static client => ((TcpClient)client!).Close(), client))
        {
            try
            {
                var stream = client.GetStream();
                var reader = new WireReader(new BufferedStream(stream));
                while (await reader.ReadAsync() is { } request)
                {
                    _received.Enqueue(request);
                    await stream.WriteAsync(Answer, _over.Token);
                }
            }
            catch (FormatException fault)
            {
                _faults.Enqueue(fault.Message);
            }
            catch (Exception over) when (over is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The other side went away.
            }
        }
    }
}
