using System.Security.Cryptography;

namespace OzGateway.Simulator.Recording;

/// <summary>Counts and hashes bytes, and keeps them as long as they are few.</summary>
internal sealed class ByteTally(long keptLimit) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _kept = new();

    public long Length { get; private set; }

    /// <summary>The bytes, or null when they were more than the limit.</summary>
    public byte[]? Kept => Length <= keptLimit ? _kept.ToArray() : null;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        _hash.AppendData(bytes);
        if (Length <= keptLimit)
        {
            _kept.Write(bytes);
        }
        else if (_kept.Capacity > 0)
        {
            _kept.SetLength(0);
            _kept.Capacity = 0;
        }
    }

    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public ReceivedPart ToPart(string? name, string? fileName, string? contentType) =>
        new(name, fileName, contentType, Length, Sha256(), Kept);

    public void Dispose()
    {
        _hash.Dispose();
        _kept.Dispose();
    }
}
