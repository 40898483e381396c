using System.Security.Cryptography;
using System.Text;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Hosting;

/// <summary>Who may do more at the admin door than probe. Without keys nobody may.</summary>
/// <param name="Keys">Names with the SHA-256 of their keys.</param>
internal sealed record AdminKeys(IReadOnlyList<(string Name, byte[] Sha256)> Keys)
{
    private const string Path = "doors.admin.keys";
    private const string Scheme = "Bearer ";
    private const int MinKeyLength = 32;

    /// <summary>The keys that the options mean.</summary>
    /// <param name="options">Where they are, or null.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static AdminKeys Create(SecretOptions? options, SecretReader secrets, ConfigurationErrors errors)
    {
        string[] lines = options is null ? [] : secrets(options, Path)?.Reveal().Split('\n') ?? [];
        List<(string Name, byte[] Sha256)> keys = [];
        for (int index = 0; index < lines.Length; index++)
        {
            string[] pieces = lines[index].Trim().Split(':');
            if (pieces[0].Length == 0 || pieces[0][0] == '#')
            {
                continue;
            }

            if (pieces.Length != 2 || !TextShapes.IsName(pieces[0]) || pieces[1].Length < MinKeyLength || keys.Exists(earlier => earlier.Name == pieces[0]))
            {
                errors.Add(Path, ConfigurationCode.SecretUnusable, $"has on line {index + 1} of its secret something that is not 'name:key' with a new name of {TextShapes.NameRule} and a key of at least {MinKeyLength} characters.");
                continue;
            }

            keys.Add((pieces[0], SHA256.HashData(Encoding.UTF8.GetBytes(pieces[1]))));
        }

        return new AdminKeys(keys);
    }

    /// <summary>Name of the key that came along, or null. Every key is compared, whichever fits: the time tells nothing.</summary>
    public string? NameOf(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..]));
        string? found = null;
        foreach ((string name, byte[] sha256) in Keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, sha256) ? name : found;
        }

        return found;
    }
}
