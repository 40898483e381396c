namespace OzGateway.Payloads;

/// <summary>The metadata keys of the page's own that may pass. Where there is such a list, every other member of metadata goes.</summary>
internal sealed class KeptKeys
{
    private const int MaxKeys = 64;

    private readonly KeptKey[] _keys;

    public KeptKeys(IReadOnlyList<KeptKey> keys)
    {
        if (keys.Count > MaxKeys)
        {
            throw new ArgumentException($"At most {MaxKeys} metadata keys may be kept.", nameof(keys));
        }

        _keys = [.. keys];
    }

    public KeptKey this[int index] => _keys[index];

    /// <summary>The index of a key, or -1.</summary>
    public int Find(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (name.SequenceEqual(_keys[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}
