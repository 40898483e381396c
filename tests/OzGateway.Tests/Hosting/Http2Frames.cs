using System.Buffers.Binary;
using System.Net.Sockets;

namespace OzGateway.Tests.Hosting;

/// <summary>HTTP/2 on a bare socket, for what a client library keeps to itself.</summary>
internal static class Http2Frames
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private static readonly byte[] EmptySettings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    // GET / over http with :authority x, from the static table; the stream ends with its head.
    private static readonly byte[] Call = [0, 0, 6, 1, 5, 0, 0, 0, 1, 0x82, 0x86, 0x84, 0x41, 0x01, (byte)'x'];

    /// <summary>Types of the frames that come until the server closes.</summary>
    public static async Task<IReadOnlyList<byte>> OfOneCallAsync(Uri door)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(door.Host, door.Port);
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[.. Preface, .. EmptySettings, .. Call]);
        var types = new List<byte>();
        var head = new byte[9];
        while (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            types.Add(head[3]);
            var length = BinaryPrimitives.ReadInt32BigEndian([0, .. head.AsSpan(0, 3)]);
            await stream.ReadExactlyAsync(new byte[length]);
        }

        return types;
    }
}
