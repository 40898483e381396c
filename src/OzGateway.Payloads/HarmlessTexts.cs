namespace OzGateway.Payloads;

/// <summary>
/// Texts that give no value to any of some keys, remembered: browsers send the same ones with each call, and to read one in all its readings takes time. Two
/// generations of a fixed size: when the young one is full it becomes the old one, whose texts are forgotten unless they come again.
/// </summary>
/// <param name="keys">The keys.</param>
public sealed class HarmlessTexts(KeyNames keys)
{
    /// <summary>Texts in a generation.</summary>
    public const int Size = 512;

    private const int MaxLength = 512;

    private readonly Lock _lock = new();
    private HashSet<string> _young = new(StringComparer.Ordinal);
    private HashSet<string> _old = new(StringComparer.Ordinal);

    /// <summary>Texts that are remembered.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Whether a text gives no value to any of the keys, in any reading.</summary>
    /// <param name="text">The text.</param>
    public bool Contains(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return !keys.IsAssignedIn(text);
        }

        lock (_lock)
        {
            if (_young.Contains(text))
            {
                return true;
            }

            if (_old.Contains(text))
            {
                Keep(text);
                return true;
            }
        }

        return !keys.IsAssignedIn(text) && Remember(text);
    }

    private bool Remember(string text)
    {
        lock (_lock)
        {
            Keep(text);
        }

        return true;
    }

    private void Keep(string text)
    {
        if (_young.Count >= Size)
        {
            (_young, _old) = (new HashSet<string>(StringComparer.Ordinal), _young);
        }

        _young.Add(text);
    }
}
