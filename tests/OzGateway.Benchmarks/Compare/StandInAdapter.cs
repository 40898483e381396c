using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OzGateway.Benchmarks.Compare;

/// <summary>An adapter that costs as little as it can: one thread and one socket per connection, answers made beforehand, submissions checked byte for byte.</summary>
internal sealed class StandInAdapter : IDisposable
{
    private const int LargestPoll = 64 * 1024;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _media;
    private byte[] _answer = [];
    private int _asWritten;
    private int _rewritten;
    private int _broken;

    public StandInAdapter(byte[] media)
    {
        _media = media;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        new Thread(Accept) { IsBackground = true, Name = "adapter" }.Start();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");

    /// <summary>What it answers from now on; what it has taken is forgotten.</summary>
    public void Answer(byte[] body)
    {
        (_asWritten, _rewritten, _broken) = (0, 0, 0);
        _answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Tue, 24 Nov 2026 00:00:00 GMT\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    /// <summary>Throws unless all submissions since <see cref="Answer"/> arrived with the same media, and with the metadata as expected.</summary>
    /// <param name="count">How many there were.</param>
    /// <param name="rewritten">The page's id is gone and the server's stands there; otherwise all is as the page wrote it.</param>
    public void Verify(int count, bool rewritten)
    {
        if (_broken > 0 || (rewritten ? _rewritten : _asWritten) != count)
        {
            throw new CompareException($"Of {count} submissions {_asWritten} arrived as written, {_rewritten} rewritten, {_broken} broken.");
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                new Thread(() => Serve(socket)) { IsBackground = true, Name = "adapter connection" }.Start();
            }
        }
        catch (SocketException)
        {
            // Disposed: the comparison is over.
        }
    }

    private void Serve(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var reader = new MessageReader(socket);
            try
            {
                while (reader.Read())
                {
                    if (reader.Body.Length > LargestPoll)
                    {
                        Take(reader.Body);
                    }

                    socket.Send(_answer);
                }
            }
            catch (SocketException)
            {
                // A proxy that ends breaks its connections.
            }
        }
    }

    private void Take(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf(_media.AsSpan(0, 64));
        if (at < 0 || !body[at..].StartsWith(_media))
        {
            Interlocked.Increment(ref _broken);
            return;
        }

        var before = body[..at];
        var isAsWritten = before.IndexOf(Calls.PageTransactionId) >= 0;
        Interlocked.Increment(ref isAsWritten ? ref _asWritten : ref before.IndexOf("\"oz1_"u8) >= 0 ? ref _rewritten : ref _broken);
    }
}
