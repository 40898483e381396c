using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>Who may do more at the admin door than probe. Without keys nobody may.</summary>
/// <param name="Keys">The keys.</param>
internal sealed record AdminKeys(KeyFile Keys)
{
    private const string Path = "doors.admin.keys";

    /// <summary>The keys that the options mean.</summary>
    /// <param name="options">Where they are, or null.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static AdminKeys Create(SecretOptions? options, SecretReader secrets, ConfigurationErrors errors) =>
        new(KeyFile.Read(options is null ? null : secrets(options, Path), [], Path, errors));

    /// <summary>Name of the key that came along, or null.</summary>
    public string? NameOf(HttpRequest request) => Keys.KeyOf(request)?.Name;
}
