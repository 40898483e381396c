using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace OzGateway.Payloads;

/// <summary>
/// Decodes an answer that was read whole, within bounds and to its last byte: what is cut off, what has bytes behind its end and what a check sum
/// denies is a fault. The streams of the base library tell none of that of deflate and only part of it of gzip.
/// </summary>
internal readonly struct CodedAnswer(ReadOnlyMemory<byte> encoded, int maxRatio)
{
    // Small documents compress well without meaning harm: the ratio counts beyond this.
    private const int RatioFreeBytes = 64 * 1024;
    private const int WindowBytes = 16 * 1024;
    private const int GZipTrailerBytes = 8;
    private const int ZLibHeaderBytes = 2;
    private const int ZLibTrailerBytes = 4;

    /// <summary>Decodes, and hands the decoded bytes on as they come.</summary>
    public void Decode(ContentCoding coding, IAnswerReader reader)
    {
        var window = ArrayPool<byte>.Shared.Rent(WindowBytes);
        try
        {
            switch (coding)
            {
                case ContentCoding.GZip:
                    DecodeGZip(window, reader);
                    break;
                case ContentCoding.Deflate when IsZLib(encoded.Span):
                    DecodeZLib(window, reader);
                    break;
                case ContentCoding.Deflate:
                    Inflate(encoded, window, new CheckedReader(reader));
                    break;
                case ContentCoding.Brotli:
                    DecodeBrotli(window, reader);
                    break;
                default:
                    throw new InvalidOperationException($"Coding '{coding}' has no decoder.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    private void DecodeGZip(byte[] window, IAnswerReader reader)
    {
        var header = GZipHeader.LengthOf(encoded.Span);
        if (encoded.Length - header < GZipTrailerBytes)
        {
            throw Fault(PayloadFault.Truncated);
        }

        var check = new CheckedReader(reader) { Crc = 0 };
        Inflate(encoded[header..^GZipTrailerBytes], window, check);
        var trailer = encoded.Span[^GZipTrailerBytes..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != check.Crc || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)check.Length)
        {
            throw Fault(PayloadFault.UnsupportedEncoding);
        }
    }

    private void DecodeZLib(byte[] window, IAnswerReader reader)
    {
        // A preset dictionary is nothing that a browser knows.
        if (encoded.Length < ZLibHeaderBytes + ZLibTrailerBytes || (encoded.Span[1] & 0x20) != 0)
        {
            throw Fault(PayloadFault.UnsupportedEncoding);
        }

        var check = new CheckedReader(reader) { Adler = 1 };
        Inflate(encoded[ZLibHeaderBytes..^ZLibTrailerBytes], window, check);
        if (BinaryPrimitives.ReadUInt32BigEndian(encoded.Span[^ZLibTrailerBytes..]) != check.Adler)
        {
            throw Fault(PayloadFault.UnsupportedEncoding);
        }
    }

    private void Inflate(ReadOnlyMemory<byte> deflated, byte[] window, CheckedReader reader)
    {
        using var input = new CodedInput(deflated);
        using var decoder = new DeflateStream(input, CompressionMode.Decompress);
        try
        {
            while (decoder.Read(window) is > 0 and var count)
            {
                Hand(window.AsSpan(0, count), reader);
            }
        }
        catch (InvalidDataException)
        {
            throw Fault(PayloadFault.UnsupportedEncoding);
        }

        if (!input.EndsExactly)
        {
            throw Fault(input.IsExhausted ? PayloadFault.Truncated : PayloadFault.SurplusBytes);
        }
    }

    private void DecodeBrotli(byte[] window, IAnswerReader reader)
    {
        using var decoder = new BrotliDecoder();
        var check = new CheckedReader(reader);
        var rest = encoded.Span;
        while (true)
        {
            var status = decoder.Decompress(rest, window, out var consumed, out var written);
            rest = rest[consumed..];
            Hand(window.AsSpan(0, written), check);
            switch (status)
            {
                case OperationStatus.Done when rest.IsEmpty: return;
                case OperationStatus.Done: throw Fault(PayloadFault.SurplusBytes);
                case OperationStatus.NeedMoreData: throw Fault(PayloadFault.Truncated);
                case OperationStatus.InvalidData: throw Fault(PayloadFault.UnsupportedEncoding);
                case OperationStatus.DestinationTooSmall: break;
                default: throw new InvalidOperationException($"Status '{status}' has no answer.");
            }
        }
    }

    private void Hand(ReadOnlySpan<byte> decoded, CheckedReader reader)
    {
        var length = reader.Length + decoded.Length;
        if (length > RatioFreeBytes && length > (long)encoded.Length * maxRatio)
        {
            throw Fault(PayloadFault.TooLarge);
        }

        reader.Read(decoded);
    }

    private PayloadException Fault(PayloadFault fault) => new(fault, encoded.Length);

    // RFC 1950: method 8 in the low nibble, and both bytes together a multiple of 31.
    private static bool IsZLib(ReadOnlySpan<byte> encoded) =>
        encoded.Length >= ZLibHeaderBytes && (encoded[0] & 0x0f) == 8 && ((encoded[0] << 8) | encoded[1]) % 31 == 0;
}
