namespace OzGateway.Payloads;

/// <summary>Hands decoded bytes on, and keeps their number and the check sum that is asked for.</summary>
internal sealed class CheckedReader(IAnswerReader reader)
{
    private const uint CrcPolynomial = 0xEDB88320;
    private const uint AdlerModulus = 65521;

    // So many bytes can be added up before a 32-bit sum of Adler's could overflow.
    private const int AdlerRunBytes = 5552;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(static index => CrcOf((uint)index))];

    /// <summary>Bytes handed on.</summary>
    public long Length { get; private set; }

    /// <summary>CRC-32 of them; kept where it was set to 0 before.</summary>
    public uint? Crc { get; set; }

    /// <summary>Adler-32 of them; kept where it was set to 1 before.</summary>
    public uint? Adler { get; set; }

    /// <summary>Takes the next bytes.</summary>
    public void Read(ReadOnlySpan<byte> decoded)
    {
        reader.Read(decoded);
        Length += decoded.Length;
        Crc = Crc is { } crc ? AddCrc(crc, decoded) : null;
        Adler = Adler is { } adler ? AddAdler(adler, decoded) : null;
    }

    private static uint AddCrc(uint crc, ReadOnlySpan<byte> decoded)
    {
        crc = ~crc;
        foreach (var b in decoded)
        {
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint AddAdler(uint adler, ReadOnlySpan<byte> decoded)
    {
        var (low, high) = (adler & 0xFFFF, adler >> 16);
        while (!decoded.IsEmpty)
        {
            var run = decoded[..Math.Min(AdlerRunBytes, decoded.Length)];
            foreach (var b in run)
            {
                low += b;
                high += low;
            }

            (low, high) = (low % AdlerModulus, high % AdlerModulus);
            decoded = decoded[run.Length..];
        }

        return (high << 16) | low;
    }

    private static uint CrcOf(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? CrcPolynomial ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
