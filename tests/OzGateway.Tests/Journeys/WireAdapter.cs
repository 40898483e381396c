using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OzGateway.Tests.Journeys;

/// <summary>An adapter that is a socket: it keeps the bytes of one connection as they came, and answers when a chunked body has ended.</summary>
internal sealed class WireAdapter : IDisposable
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 22\r\n\r\n{\"state\":\"processing\"}";
    private const string LastChunk = "\r\n0\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _begun = new();
    private readonly StringBuilder _bytes = new();

    public WireAdapter()
    {
        _listener.Start();
        Closed = ReadAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>Completes when the first bytes have come.</summary>
    public Task Begun => _begun.Task;

    /// <summary>All bytes, when the connection is over; whether the body looked complete.</summary>
    public Task<(string Bytes, bool LooksComplete)> Closed { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<(string Bytes, bool LooksComplete)> ReadAsync()
    {
        using var connection = await _listener.AcceptSocketAsync();
        var buffer = new byte[64 * 1024];
        var complete = false;
        try
        {
            int count;
            while (!complete && (count = await connection.ReceiveAsync(buffer)) > 0)
            {
                _bytes.Append(Encoding.Latin1.GetString(buffer, 0, count));
                _begun.TrySetResult();
                complete = _bytes.ToString().EndsWith(LastChunk, StringComparison.Ordinal);
            }

            await connection.SendAsync(complete ? Encoding.ASCII.GetBytes(Answer) : []);
        }
        catch (SocketException)
        {
            // Cut off, which is what some tests want to see.
        }

        return (_bytes.ToString(), complete);
    }
}
