using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OzGateway.Identity;

/// <summary>
/// Tokens that were verified lately, by their hash: a browser brings the same one with each call. Two generations of a fixed size: when the young
/// one is full it becomes the old one, whose tokens are forgotten unless they come again. Only what is verified is kept: strangers push nothing out.
/// </summary>
/// <param name="size">Tokens in a generation.</param>
internal sealed class KnownTokens(int size = 4096)
{
    private readonly Lock _lock = new();
    private Dictionary<Name, KnownToken> _young = [];
    private Dictionary<Name, KnownToken> _old = [];

    /// <summary>A token that was verified, or null.</summary>
    public KnownToken? Find(ReadOnlySpan<char> token)
    {
        var name = Name.Of(token);
        lock (_lock)
        {
            if (!_young.TryGetValue(name, out var known) && _old.TryGetValue(name, out known))
            {
                Keep(name, known);
            }

            return known;
        }
    }

    /// <summary>Keeps a token that was verified just now.</summary>
    public void Add(ReadOnlySpan<char> token, KnownToken known)
    {
        var name = Name.Of(token);
        lock (_lock)
        {
            Keep(name, known);
        }
    }

    private void Keep(Name name, KnownToken known)
    {
        if (_young.Count >= size)
        {
            (_young, _old) = ([], _young);
        }

        _young[name] = known;
    }

    // SHA-256: the token itself lies in memory no longer than its call.
    private readonly record struct Name(UInt128 Upper, UInt128 Lower)
    {
        public static Name Of(ReadOnlySpan<char> token)
        {
            Span<UInt128> hash = stackalloc UInt128[2];
            SHA256.HashData(MemoryMarshal.AsBytes(token), MemoryMarshal.AsBytes(hash));
            return new Name(hash[0], hash[1]);
        }
    }
}
