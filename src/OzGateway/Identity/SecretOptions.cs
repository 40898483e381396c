namespace OzGateway.Identity;

/// <summary>Where a secret is. Exactly one of the two; a secret never stands in the file itself.</summary>
internal sealed class SecretOptions
{
    /// <summary>File with the secret; a line end at its end is not part of it. New contents are taken up while running, in a few seconds, but for <c>store.redis</c> and <c>upstreams.*.tls</c>; what cannot be used leaves the old in use, with an error in the log. A relative path starts at the folder of the configuration file. Absent or empty: an error, when only checking a warning.</summary>
    public string? FromFile { get; set; }

    /// <summary>Environment variable with the secret, <c>[A-Za-z_][A-Za-z0-9_]*</c>. Absent or empty: an error, when only checking a warning.</summary>
    public string? FromEnv { get; set; }
}

/// <summary>Fetches a secret; null where it is absent, which has then been said.</summary>
/// <param name="options">Where it is.</param>
/// <param name="path">Where that stands in the configuration.</param>
internal delegate Secret? SecretReader(SecretOptions options, string path);
