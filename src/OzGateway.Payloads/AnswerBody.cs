using System.Buffers;

namespace OzGateway.Payloads;

/// <summary>Reads the body of an answer to its end and decodes it, in pooled memory of a bounded size.</summary>
/// <param name="MaxBytes">Most bytes, encoded and decoded.</param>
/// <param name="MaxRatio">Most decoded bytes per encoded byte, beyond 64 KiB decoded.</param>
public readonly record struct AnswerBody(int MaxBytes, int MaxRatio)
{
    private const int ChunkBytes = 16 * 1024;

    // What is plain is read as it comes: the more at once, the fewer turns.
    private const int PlainChunkBytes = 64 * 1024;

    /// <summary>Reads.</summary>
    /// <param name="body">The body, as it comes.</param>
    /// <param name="coding">How it is coded.</param>
    /// <param name="reader">Takes the decoded bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PayloadException">Too large, coded in a way that cannot be read, or refused by the reader.</exception>
    /// <exception cref="IOException">The body broke off.</exception>
    public async ValueTask ReadAsync(Stream body, ContentCoding coding, IAnswerReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(reader);
        if (coding != ContentCoding.Identity)
        {
            await DecodeAsync(body, coding, reader, cancellationToken);
            return;
        }

        var chunk = ArrayPool<byte>.Shared.Rent(PlainChunkBytes);
        try
        {
            long length = 0;
            while (await body.ReadAsync(chunk, cancellationToken) is > 0 and var count)
            {
                length += count;
                Check(length);
                reader.Read(chunk.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private async ValueTask DecodeAsync(Stream body, ContentCoding coding, IAnswerReader reader, CancellationToken cancellationToken)
    {
        using var encoded = new PooledBuffer();
        while (await body.ReadAsync(encoded.GetMemory(ChunkBytes), cancellationToken) is > 0 and var count)
        {
            encoded.Advance(count);
            Check(encoded.Length);
        }

        new CodedAnswer(encoded.WrittenMemory, MaxRatio).Decode(coding, new Capped(reader, MaxBytes));
    }

    private void Check(long length)
    {
        if (length > MaxBytes)
        {
            throw new PayloadException(PayloadFault.TooLarge, MaxBytes);
        }
    }

    private sealed class Capped(IAnswerReader reader, int maxBytes) : IAnswerReader
    {
        private long _length;

        public void Read(ReadOnlySpan<byte> slice)
        {
            _length += slice.Length;
            if (_length > maxBytes)
            {
                throw new PayloadException(PayloadFault.TooLarge, maxBytes);
            }

            reader.Read(slice);
        }
    }
}
