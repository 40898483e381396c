using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OzGateway.Benchmarks.Compare;

/// <summary>Reads whole HTTP/1.1 messages from a blocking socket: no framework, so that load and adapter cost little beside a proxy.</summary>
internal sealed class MessageReader(Socket socket)
{
    private byte[] _buffer = new byte[256 * 1024];
    private int _filled;
    private int _consumed;

    /// <summary>Start line and headers of the last message, without the empty line.</summary>
    public ReadOnlySpan<byte> Head => _buffer.AsSpan(0, HeadLength);

    /// <summary>Body of the last message, without chunk frames.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(HeadLength + 4, BodyLength);

    private int HeadLength { get; set; }

    private int BodyLength { get; set; }

    /// <summary>Reads the next message; false where the peer has closed before it.</summary>
    public bool Read()
    {
        _buffer.AsSpan(_consumed, _filled - _consumed).CopyTo(_buffer);
        _filled -= _consumed;
        _consumed = 0;
        while ((HeadLength = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!Fill())
            {
                return _filled == 0 ? false : throw new CompareException("A message ended in its head.");
            }
        }

        ReadBody();
        return true;
    }

    private void ReadBody()
    {
        if (Header("content-length") is { } length)
        {
            BodyLength = int.Parse(length, CultureInfo.InvariantCulture);
            _consumed = HeadLength + 4 + BodyLength;
            Need(_consumed);
        }
        else if (Header("transfer-encoding") is "chunked")
        {
            ReadChunks();
        }
        else
        {
            BodyLength = 0;
            _consumed = HeadLength + 4;
        }
    }

    /// <summary>Moves chunks together over their frames.</summary>
    private void ReadChunks()
    {
        BodyLength = 0;
        for (var position = HeadLength + 4; ;)
        {
            int end;
            while ((end = _buffer.AsSpan(position, _filled - position).IndexOf("\r\n"u8)) < 0)
            {
                Need(_filled + 1);
            }

            var size = int.Parse(_buffer.AsSpan(position, end), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            position += end + 2;
            Need(position + size + 2);
            _buffer.AsSpan(position, size).CopyTo(_buffer.AsSpan(HeadLength + 4 + BodyLength));
            BodyLength += size;
            position += size + 2;
            if (size == 0)
            {
                _consumed = position;
                return;
            }
        }
    }

    private string? Header(string name)
    {
        foreach (var line in Encoding.ASCII.GetString(Head).Split("\r\n"))
        {
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }

    private void Need(int length)
    {
        while (_filled < length)
        {
            if (length > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(length, _buffer.Length * 2));
            }

            if (!Fill())
            {
                throw new CompareException("A message ended in its body.");
            }
        }
    }

    private bool Fill()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = socket.Receive(_buffer.AsSpan(_filled));
        _filled += read;
        return read > 0;
    }
}
