using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>Who may do more at the admin door than probe. Without keys nobody may.</summary>
/// <param name="Secret">The lines, or null.</param>
/// <param name="Keys">What stands there.</param>
internal sealed record AdminKeyPolicy(Secret? Secret, KeyFile Keys)
{
    private const string Path = "doors.admin.keys";

    /// <summary>The keys that the options mean.</summary>
    /// <param name="options">Where they are, or null.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static AdminKeyPolicy Create(SecretOptions? options, SecretReader secrets, ConfigurationErrors errors)
    {
        var secret = options is null ? null : secrets(options, Path);
        return new(secret, KeyFile.Read(secret, [], Path, errors));
    }

    /// <summary>The keys in a renewed secret, or null where they cannot be used.</summary>
    public static KeyFile? Renew(Secret secret)
    {
        var errors = new ConfigurationErrors();
        var keys = KeyFile.Read(secret, [], Path, errors);
        return errors.Any ? null : keys;
    }
}
