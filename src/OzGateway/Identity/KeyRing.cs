using System.Security.Cryptography;
using OzGateway.Problems;

namespace OzGateway.Identity;

/// <summary>Reads the secret that hashes and signs, and those that it replaced.</summary>
internal static class KeyRing
{
    /// <summary>Most secrets that were replaced and are still read.</summary>
    public const int MaxPrevious = 3;

    /// <summary>The keys that the options mean, taken up anew with their files; fresh ones where none are given, or where they are in error.</summary>
    /// <param name="options">The section as written.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static WatchedSecrets<GatewayKeys> Create(UserKeyOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        Secret? present = options.HmacKey is null ? null : Fetch(options.HmacKey, $"{path}.hmac_key", secrets, errors);
        List<Secret> previous = ReadPrevious(options, present, path, secrets, errors);
        if (options.HmacKey is null)
        {
            errors.Warn($"{path}.hmac_key", ConfigurationCode.EphemeralKeys, "is not given: a key is made at start, and tickets and user keys die with the process.");
        }

        return errors.AnyAt(path) || present is null ? Of(GatewayKeys.Ephemeral()) : new([present, .. previous], GatewayKeys.From(present, previous), Make);
    }

    /// <summary>Keys that never change.</summary>
    public static WatchedSecrets<GatewayKeys> Of(GatewayKeys keys) => new([], keys, static _ => null);

    private static GatewayKeys? Make(IReadOnlyList<Secret> secrets) =>
        secrets.All(secret => secret.Bytes.Length >= GatewayKeys.MinSecretBytes)
        && secrets.Select(secret => Convert.ToBase64String(secret.Bytes)).Distinct(StringComparer.Ordinal).Count() == secrets.Count
            ? GatewayKeys.From(secrets[0], [.. secrets.Skip(1)])
            : null;

    private static List<Secret> ReadPrevious(UserKeyOptions options, Secret? present, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        string at = $"{path}.previous_hmac_keys";
        List<Secret> known = present is null ? [] : [present];
        List<SecretOptions> written = options.PreviousHmacKeys ?? [];
        if (written.Count > 0 && options.HmacKey is null)
        {
            errors.Add(at, ConfigurationCode.Contradiction, "has no place without hmac_key: nothing replaced it. Write the new secret as hmac_key.");
        }

        if (written.Count > MaxPrevious)
        {
            errors.Add(at, ConfigurationCode.OutOfRange, $"has {written.Count} secrets. Allowed: up to {MaxPrevious}; take those away whose time is over.");
        }

        for (int index = 0; index < written.Count; index++)
        {
            if (Fetch(written[index], $"{at}[{index}]", secrets, errors) is not { } secret)
            {
                continue;
            }

            if (known.Exists(other => CryptographicOperations.FixedTimeEquals(other.Bytes, secret.Bytes)))
            {
                errors.Add($"{at}[{index}]", ConfigurationCode.Duplicate, "is the same secret as one before it. A secret is either in use or replaced.");
            }

            known.Add(secret);
        }

        return present is null ? known : known[1..];
    }

    private static Secret? Fetch(SecretOptions options, string path, SecretReader secrets, ConfigurationErrors errors)
    {
        if (secrets(options, path) is not { } secret)
        {
            return null;
        }

        if (secret.Bytes.Length < GatewayKeys.MinSecretBytes)
        {
            errors.Add(path, ConfigurationCode.SecretUnusable, $"has {secret.Bytes.Length} bytes. At least {GatewayKeys.MinSecretBytes} are needed: 'openssl rand -base64 48' makes one.");
            return null;
        }

        return secret;
    }
}
