using System.Collections.Frozen;
using System.Security.Cryptography;
using OzGateway.Problems;

namespace OzGateway.Forwarding;

/// <summary>The only contents that files of a route may have.</summary>
/// <param name="Digests">SHA-384 in base64. At least one.</param>
/// <param name="OnMismatch">What happens with another content. Default block.</param>
internal sealed record FilePin(FrozenSet<string> Digests, PinMismatch OnMismatch)
{
    /// <summary>Largest file that can be pinned: it is verified before its first byte leaves.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>The pin that the options mean, or null where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Where errors go.</param>
    public static FilePin? Create(FilePinOptions options, string path, ConfigurationErrors errors)
    {
        List<string> digests = errors.Require(options.Sha384, $"{path}.sha384", "[\"oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC\"]") ?? [];
        if (options.Sha384 is { Count: 0 })
        {
            errors.Add($"{path}.sha384", ConfigurationCode.OutOfRange, "is empty: no content would be right. Take the pin away, or list a digest.");
        }

        Span<byte> digest = stackalloc byte[SHA384.HashSizeInBytes];
        for (int index = 0; index < digests.Count; index++)
        {
            if (!Convert.TryFromBase64String(digests[index], digest, out int length) || length != SHA384.HashSizeInBytes)
            {
                errors.Add($"{path}.sha384[{index}]", ConfigurationCode.BadText, "is no SHA-384 in base64 (64 characters). 'openssl dgst -sha384 -binary FILE | base64' prints it.");
            }
        }

        return errors.AnyAt(path) ? null : new FilePin(digests.ToFrozenSet(StringComparer.Ordinal), options.OnMismatch ?? PinMismatch.Block);
    }

    /// <summary>Whether a content is one of them.</summary>
    public bool Includes(ReadOnlySpan<byte> content) => Digests.Contains(Convert.ToBase64String(SHA384.HashData(content)));
}
