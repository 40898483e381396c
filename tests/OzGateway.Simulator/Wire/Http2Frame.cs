using System.Buffers.Binary;
using System.Text;

namespace OzGateway.Simulator.Wire;

/// <summary>One frame of HTTP/2, whatever it means.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Stream">Its stream; 0 for the connection.</param>
/// <param name="Payload">What it carries.</param>
public sealed record Http2Frame(byte Type, byte Flags, int Stream, byte[] Payload)
{
    /// <summary>Type of a piece of a body.</summary>
    public const byte Data = 0;

    /// <summary>Type of a head, or of trailers.</summary>
    public const byte Headers = 1;

    /// <summary>Type of the end of a stream by force.</summary>
    public const byte Reset = 3;

    /// <summary>Type of settings.</summary>
    public const byte Settings = 4;

    /// <summary>Type of a question whether the other side is there.</summary>
    public const byte Ping = 6;

    /// <summary>Type of the last word on a connection.</summary>
    public const byte GoAway = 7;

    /// <summary>Type of what goes on with a head.</summary>
    public const byte Continuation = 9;

    /// <summary>Flag: the stream ends here. On settings and pings: an answer.</summary>
    public const byte EndStream = 1;

    /// <summary>Flag: the head ends here.</summary>
    public const byte EndHeaders = 4;

    /// <summary>Flag: bytes without meaning stand at the end.</summary>
    public const byte Padded = 8;

    /// <summary>Bytes of the head of a frame.</summary>
    public const int HeadBytes = 9;

    /// <summary>The frame as it travels.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeadBytes + Payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Payload.Length << 8 | Type);
        bytes[4] = Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), Stream);
        Payload.CopyTo(bytes, HeadBytes);
        return bytes;
    }

    /// <summary>Header fields as HPACK writes them without any table and without Huffman's code: by the letter.</summary>
    /// <param name="fields">Names and values, a character for a byte.</param>
    public static byte[] Block(IEnumerable<(string Name, string Value)> fields) =>
        [.. fields.SelectMany(field => (byte[])[0, .. Text(field.Name), .. Text(field.Value)])];

    private static byte[] Text(string text)
    {
        const int Most = 127; // what fits beside the flag for Huffman's code
        List<byte> bytes = [(byte)Math.Min(text.Length, Most)];
        for (var left = text.Length - Most; left >= 0; left = left < 128 ? -1 : left >> 7)
        {
            bytes.Add((byte)(left < 128 ? left : left & 127 | 128));
        }

        return [.. bytes, .. Encoding.Latin1.GetBytes(text)];
    }
}
