using System.Text;
using System.Text.RegularExpressions;
using OzGateway.Identity;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>Fetches secrets from files and the environment.</summary>
/// <param name="folder">Where relative paths begin.</param>
/// <param name="mode">What an absent secret means.</param>
/// <param name="environment">Reads a variable.</param>
/// <param name="errors">Where errors go.</param>
internal sealed partial class SecretFetcher(string folder, SecretMode mode, Func<string, string?> environment, ConfigurationErrors errors)
{
    private readonly List<string> _files = [];

    /// <summary>Full paths of the files that were asked for.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Fetches a secret; null where it is absent, which has then been said.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="path">Where that stands in the configuration.</param>
    public Secret? Fetch(SecretOptions options, string path)
    {
        if (options.FromFile is null == options.FromEnv is null)
        {
            errors.Add(path, ConfigurationCode.ExactlyOne, "needs exactly one of from_file and from_env. Write '{ from_file: /path }' or '{ from_env: NAME }'.");
            return null;
        }

        if (mode == SecretMode.Unread)
        {
            return null;
        }

        return options.FromFile is not null ? FromFile(options.FromFile, $"{path}.from_file") : FromEnvironment(options.FromEnv!, $"{path}.from_env");
    }

    private Secret? FromEnvironment(string name, string path)
    {
        if (!VariableName().IsMatch(name))
        {
            // It may be the secret itself, so it is not repeated.
            errors.Add(path, ConfigurationCode.BadText, "is not the name of an environment variable: letters, digits and _.");
            return null;
        }

        Secret secret = new(Encoding.UTF8.GetBytes(environment(name) ?? ""));
        string shown = PlainVariableName().IsMatch(name) ? $"is {name}, a variable" : "names a variable";
        return secret.Bytes.IsEmpty ? Absent(path, $"{shown} that is not set or empty") : secret;
    }

    private Secret? FromFile(string file, string path)
    {
        try
        {
            string full = Path.GetFullPath(file, folder);
            _files.Add(full);
            if (new FileInfo(full) is { Exists: true, Length: > Secret.MaxBytes })
            {
                errors.Add(path, ConfigurationCode.SecretUnusable, "names a file that is larger than 1MiB.");
                return null;
            }

            return new Secret(File.ReadAllBytes(full)) { File = full } is { Bytes.Length: > 0 } secret ? secret : Absent(path, "names a file that is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Absent(path, "names a file that does not exist or cannot be read");
        }
    }

    private Secret? Absent(string path, string what)
    {
        if (mode == SecretMode.Check)
        {
            errors.Warn(path, ConfigurationCode.SecretNotHere, $"{what} on this machine. To run, it is needed.");
        }
        else
        {
            errors.Add(path, ConfigurationCode.SecretAbsent, $"{what}.");
        }

        return null;
    }

    // Only a name that nobody would take for a secret is repeated.
    [GeneratedRegex(@"^[A-Z]{2,}(_[A-Z]{2,})+\z")]
    private static partial Regex PlainVariableName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex VariableName();
}
