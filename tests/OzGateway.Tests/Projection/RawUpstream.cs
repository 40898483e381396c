using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OzGateway.Tests.Projection;

/// <summary>An upstream that answers with exactly the bytes it is given, and then keeps or closes its connection.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _requests;
    private int _accepted;

    public RawUpstream()
    {
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>What the next requests are answered with.</summary>
    public RawAnswer Answer { get; set; } = new([]);

    public int Requests => Volatile.Read(ref _requests);

    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>Heads of the requests that came.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            while (await ReadRequestAsync(stream))
            {
                var answer = Answer;
                await answer.WriteAsync(stream, _stop.Token);
                if (answer.Closes)
                {
                    return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException)
        {
            // The gateway went away, or the test is over.
        }
    }

    private async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var read = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return false;
            }

            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
            var text = read.ToString();
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && (!text.Contains("chunked", StringComparison.OrdinalIgnoreCase) || text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)))
            {
                Heads.Enqueue(text[..head]);
                Interlocked.Increment(ref _requests);
                return true;
            }
        }
    }
}

/// <summary>Bytes of one answer.</summary>
/// <param name="Bytes">What is written, once.</param>
/// <param name="Closes">Whether the connection is closed behind it.</param>
internal sealed record RawAnswer(byte[] Bytes, bool Closes = false)
{
    /// <summary>Written again and again, without end, after the bytes.</summary>
    public byte[]? Endless { get; init; }

    /// <summary>Bytes of the endless part that were written.</summary>
    public long Written { get; private set; }

    public async Task WriteAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Bytes, cancellationToken);
        while (Endless is { } endless)
        {
            await stream.WriteAsync(endless, cancellationToken);
            Written += endless.Length;
        }
    }
}
