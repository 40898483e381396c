using System.Net.Sockets;
using System.Text;

namespace OzGateway.Demo.Soak;

/// <summary>An upstream that answers every request with given bytes, once or without end, and closes.</summary>
internal sealed class BytesUpstream : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private byte[] _head = [];
    private byte[] _body = [];
    private bool _isEndless;
    private long _written;

    /// <summary>Opens it.</summary>
    public BytesUpstream() => _listener = new LoopbackListener(ServeAsync);

    /// <summary>Where it listens.</summary>
    public Uri Address => _listener.Address;

    /// <summary>Bytes of bodies that the other side took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>What the next requests are answered with.</summary>
    public void Answer(byte[] body, string headers, bool isEndless)
    {
        var length = isEndless ? "" : $"Content-Length: {body.Length}\r\n";
        _head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}{length}Connection: close\r\n\r\n");
        (_body, _isEndless) = (body, isEndless);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var stream = client.GetStream();
        // A poll's head and its two bytes are one packet or two, and small: what is unread when this side closes would reset the answer.
        var request = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(request.ToString()))
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                return;
            }

            request.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        await stream.WriteAsync(_head, cancellationToken);
        do
        {
            await stream.WriteAsync(_body, cancellationToken);
            Interlocked.Add(ref _written, _body.Length);
        }
        while (_isEndless);
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string Length = "Content-Length: ";
        var length = request.IndexOf(Length, 0, end, StringComparison.OrdinalIgnoreCase);
        return length < 0
            ? !request.Contains("chunked", StringComparison.OrdinalIgnoreCase) || request.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : request.Length - end - 4 >= int.Parse(request[(length + Length.Length)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
