using System.Globalization;
using System.Net.Sockets;

namespace OzGateway.Demo.Soak;

/// <summary>What the kernel counts of connections: bytes that arrived at the other side, and bytes that wait in its queues.</summary>
internal static class KernelBytes
{
    private const int LevelTcp = 6;
    private const int TcpInformation = 11;

    // struct tcp_info: 8 single bytes, 24 words of 4 bytes and 2 of 8 stand before these.
    private const int AckedAt = 120;
    private const int ReceivedAt = 128;
    private const int ReadLength = 136;

    /// <summary>Bytes that the other side's kernel has taken, over all these connections.</summary>
    public static long Acknowledged(IEnumerable<Socket> sockets) => Sum(sockets, AckedAt);

    /// <summary>Bytes that came, over all these connections.</summary>
    public static long Received(IEnumerable<Socket> sockets) => Sum(sockets, ReceivedAt);

    /// <summary>Bytes that came to a port and were not read yet.</summary>
    public static long UnreadAt(int localPort) => Connections().Where(connection => connection.Local == localPort).Sum(connection => connection.Unread);

    /// <summary>Bytes that were written to a port and have not arrived yet.</summary>
    public static long UnsentTo(int remotePort) => Connections().Where(connection => connection.Remote == remotePort).Sum(connection => connection.Unsent);

    private static long Sum(IEnumerable<Socket> sockets, int at)
    {
        var information = new byte[ReadLength];
        var sum = 0L;
        foreach (var socket in sockets)
        {
            socket.GetRawSocketOption(LevelTcp, TcpInformation, information);
            sum += BitConverter.ToInt64(information, at);
        }

        return sum;
    }

    private static IEnumerable<(int Local, int Remote, long Unsent, long Unread)> Connections()
    {
        const string Established = "01";
        foreach (var line in File.ReadLines("/proc/net/tcp").Skip(1).Concat(File.ReadLines("/proc/net/tcp6").Skip(1)))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[3] == Established)
            {
                var queues = words[4].Split(':');
                yield return ((int)Hex(words[1].Split(':')[1]), (int)Hex(words[2].Split(':')[1]), Hex(queues[0]), Hex(queues[1]));
            }
        }
    }

    private static long Hex(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
