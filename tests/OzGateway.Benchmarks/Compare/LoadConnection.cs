using System.Net;
using System.Net.Sockets;

namespace OzGateway.Benchmarks.Compare;

/// <summary>One keep-alive connection with one call in flight; every answer is compared byte for byte.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly MessageReader _reader;

    public LoadConnection(int port)
    {
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        _reader = new MessageReader(_socket);
    }

    /// <summary>Sends a call and reads its answer.</summary>
    public void Call(byte[] head, byte[]? body, byte[] expected)
    {
        _socket.Send(head);
        if (body is not null)
        {
            _socket.Send(body);
        }

        if (!_reader.Read())
        {
            throw new CompareException("A connection was closed instead of an answer.");
        }

        if (!_reader.Head.StartsWith("HTTP/1.1 200 "u8) || !_reader.Body.SequenceEqual(expected))
        {
            throw new CompareException($"Wrong answer: {System.Text.Encoding.UTF8.GetString(_reader.Head)}\n\n{System.Text.Encoding.UTF8.GetString(_reader.Body[..Math.Min(300, _reader.Body.Length)])}");
        }
    }

    public void Dispose() => _socket.Dispose();
}
