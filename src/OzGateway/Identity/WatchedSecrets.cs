using System.Security.Cryptography;

namespace OzGateway.Identity;

/// <summary>What came of a look at the files of secrets.</summary>
internal enum SecretLook
{
    /// <summary>Nothing new, or nothing that stands still yet.</summary>
    Unchanged,

    /// <summary>New contents, in use from now on.</summary>
    TakenUp,

    /// <summary>New contents that cannot be used; what was in use stays. Said once.</summary>
    Refused,
}

/// <summary>
/// What was made of secrets that belong together, made anew as a whole when their files have changed. New contents are taken when they were the
/// same at two looks, so that files written one after the other are not taken for a broken set; files are compared by content, so that the
/// symlinks which Kubernetes swaps are seen. Somebody has to look.
/// </summary>
/// <typeparam name="T">What it is made into.</typeparam>
/// <param name="secrets">The secrets, in an order that <paramref name="make"/> knows.</param>
/// <param name="first">What was made of them.</param>
/// <param name="make">Makes it; null where the secrets cannot be used.</param>
internal sealed class WatchedSecrets<T>(IReadOnlyList<Secret> secrets, T first, Func<IReadOnlyList<Secret>, T?> make)
    where T : class
{
    private volatile T _value = first;
    private string _taken = Hash(secrets);
    private string _seen = Hash(secrets);

    /// <summary>What is in use.</summary>
    public T Value => _value;

    /// <summary>Whether anything can change.</summary>
    public bool HasFiles => secrets.Any(secret => secret.File is not null);

    /// <summary>Looks at the files once.</summary>
    public SecretLook Look()
    {
        List<Secret> anew = [.. secrets.Select(secret => secret.File is null ? secret : secret.ReadAnew()).OfType<Secret>()];
        var isWhole = anew.Count == secrets.Count;
        var hash = isWhole ? Hash(anew) : string.Empty;
        var isSettled = hash == _seen;
        _seen = hash;
        if (!isSettled || hash == _taken)
        {
            return SecretLook.Unchanged;
        }

        _taken = hash;
        if ((isWhole ? make(anew) : null) is not { } made)
        {
            return SecretLook.Refused;
        }

        _value = made;
        return SecretLook.TakenUp;
    }

    private static string Hash(IReadOnlyList<Secret> secrets) =>
        string.Join('.', secrets.Select(secret => Convert.ToHexString(SHA256.HashData(secret.Bytes))));
}
