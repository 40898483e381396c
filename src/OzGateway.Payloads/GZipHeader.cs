using System.Buffers.Binary;

namespace OzGateway.Payloads;

/// <summary>The head of a gzip member, RFC 1952.</summary>
internal static class GZipHeader
{
    private const int FixedBytes = 10;
    private const int Extra = 4;
    private const int Name = 8;
    private const int Comment = 16;
    private const int Known = 1 | Extra | Name | Comment;

    // The two bytes of gzip, and the one method that there is.
    private static ReadOnlySpan<byte> Magic => [0x1f, 0x8b, 8];

    /// <summary>Its length. A head with a check sum of its own, or with bits that mean nothing, is refused.</summary>
    public static int LengthOf(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length < FixedBytes)
        {
            throw new PayloadException(PayloadFault.Truncated, encoded.Length);
        }

        var flags = encoded[3];
        if (!encoded.StartsWith(Magic) || (flags & ~Known) != 0)
        {
            throw new PayloadException(PayloadFault.UnsupportedEncoding, 0);
        }

        var length = FixedBytes;
        if ((flags & Extra) != 0)
        {
            length += encoded.Length < length + 2 ? encoded.Length : 2 + BinaryPrimitives.ReadUInt16LittleEndian(encoded[length..]);
        }

        length = (flags & Name) != 0 ? AfterZero(encoded, length) : length;
        length = (flags & Comment) != 0 ? AfterZero(encoded, length) : length;
        return length <= encoded.Length ? length : throw new PayloadException(PayloadFault.Truncated, encoded.Length);
    }

    private static int AfterZero(ReadOnlySpan<byte> encoded, int start)
    {
        var zero = start < encoded.Length ? encoded[start..].IndexOf((byte)0) : -1;
        return zero < 0 ? throw new PayloadException(PayloadFault.Truncated, encoded.Length) : start + zero + 1;
    }
}
