using System.Security.Cryptography;
using System.Text;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Verdicts;

/// <summary>Who may knock at the backend door. Without keys everyone is answered 401.</summary>
/// <param name="Keys">Keys that are valid now.</param>
internal sealed record BackendPolicy(IReadOnlyList<BackendKey> Keys)
{
    private const string Path = "doors.backend.keys";
    private const int MinKeyLength = 32;

    /// <summary>The policy that the options mean. Without keys, or where they are absent and that is allowed, nobody may knock.</summary>
    /// <param name="written">Where the keys are, or null.</param>
    /// <param name="secrets">Fetches secrets.</param>
    /// <param name="errors">Where errors go.</param>
    public static BackendPolicy Create(SecretOptions? written, SecretReader secrets, ConfigurationErrors errors)
    {
        if (written is null)
        {
            errors.Warn("doors.backend", ConfigurationCode.NotAvailable, "has no keys: every call of a backend is answered 401.");
            return new BackendPolicy([]);
        }

        string[] lines = secrets(written, Path)?.Reveal().Split('\n') ?? [];
        List<BackendKey> keys = [];
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].Trim();
            if (line.Length > 0 && line[0] != '#' && ReadKey(line, $"has on line {index + 1} of its secret", errors) is { } key)
            {
                if (keys.Exists(earlier => earlier.Name == key.Name))
                {
                    errors.Add(Path, ConfigurationCode.SecretUnusable, $"has on line {index + 1} of its secret a name that stands on an earlier line. Names are unique.");
                }

                keys.Add(key);
            }
        }

        return new BackendPolicy(keys);
    }

    private static BackendKey? ReadKey(string line, string where, ConfigurationErrors errors)
    {
        string[] pieces = line.Split(':');
        BackendRights rights = BackendRights.Read;
        string? complaint =
            pieces.Length is < 2 or > 3 ? "something that is not 'name:key' or 'name:key:right,right'"
            : !TextShapes.IsName(pieces[0]) ? $"a name that is not {TextShapes.NameRule}"
            : pieces[1].Length < MinKeyLength ? $"a key of less than {MinKeyLength} characters"
            : pieces.Length == 3 && !TryReadRights(pieces[2], out rights) ? "a right other than read and any_user"
            : null;
        if (complaint is null)
        {
            return new BackendKey(pieces[0], SHA256.HashData(Encoding.UTF8.GetBytes(pieces[1])), rights);
        }

        errors.Add(Path, ConfigurationCode.SecretUnusable, $"{where} {complaint}.");
        return null;
    }

    private static bool TryReadRights(string text, out BackendRights rights)
    {
        rights = BackendRights.None;
        foreach (string word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            BackendRights right = word switch { "read" => BackendRights.Read, "any_user" => BackendRights.AnyUser, _ => BackendRights.None };
            if (right == BackendRights.None)
            {
                return false;
            }

            rights |= right;
        }

        return true;
    }
}

/// <summary>One credential of the customer's backend.</summary>
/// <param name="Name">Name for logs and audit, <c>[a-z0-9_-]{1,64}</c>.</param>
/// <param name="Sha256">SHA-256 of the key.</param>
/// <param name="Rights">What it may do.</param>
internal sealed record BackendKey(string Name, byte[] Sha256, BackendRights Rights);

/// <summary>Rights of a backend key.</summary>
[Flags]
internal enum BackendRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read verdicts of a named user.</summary>
    Read = 1,

    /// <summary>Leave the user out.</summary>
    AnyUser = 2,
}
