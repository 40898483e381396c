using System.Security.Cryptography;

namespace OzGateway.Identity;

/// <summary>
/// What was made from a secret, made anew when its file has changed. The file is looked at when the value is used, at most once a second, and
/// compared by content: a watcher of the file system misses the symlinks that Kubernetes swaps. What cannot be used leaves the last good value.
/// </summary>
/// <typeparam name="T">What it is made into.</typeparam>
/// <param name="secret">The secret, or null where there is none.</param>
/// <param name="first">What was made from it.</param>
/// <param name="make">Makes it; null where the secret cannot be used.</param>
/// <param name="time">The clock.</param>
/// <param name="told">Learns whether a change was taken up.</param>
internal sealed class RenewedSecret<T>(Secret? secret, T first, Func<Secret, T?> make, TimeProvider time, Action<bool> told)
    where T : class
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private T _value = first;
    private byte[]? _seen = secret is null ? null : SHA256.HashData(secret.Bytes);
    private long _lookedAt = time.GetTimestamp();

    /// <summary>The value as of at most a second ago.</summary>
    public T Value
    {
        get
        {
            lock (_lock)
            {
                if (secret?.File is not null && time.GetElapsedTime(_lookedAt) >= Every)
                {
                    _lookedAt = time.GetTimestamp();
                    Look();
                }

                return _value;
            }
        }
    }

    private void Look()
    {
        var anew = secret!.ReadAnew();
        byte[]? hash = anew is null ? null : SHA256.HashData(anew.Bytes);
        if (hash.AsSpan().SequenceEqual(_seen))
        {
            return;
        }

        _seen = hash;
        T? made = anew is null ? null : make(anew);
        _value = made ?? _value;
        told(made is not null);
    }
}
