using OzGateway.Configuration.Reading;
using OzGateway.Problems;

namespace OzGateway.Configuration;

/// <summary>File to snapshot: everything is read, everything is judged, all errors are told at once.</summary>
/// <param name="environment">Reads an environment variable; null for those of the process.</param>
/// <param name="time">The clock certificates must be valid by; null for the system's.</param>
internal sealed class SnapshotReader(Func<string, string?>? environment = null, TimeProvider? time = null)
{
    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="mode">What an absent secret means.</param>
    /// <param name="revision">Revision of the snapshot.</param>
    public SnapshotResult Read(string path, SecretMode mode, int revision)
    {
        ConfigurationErrors errors = new();
        if (ConfigurationText.Load(path, errors) is { } text)
        {
            return Read(text, mode, revision);
        }

        return new SnapshotResult(null, ErrorLines.Errors(Path.GetFileName(path), new Positions(), errors), [], []);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mode">What an absent secret means.</param>
    /// <param name="revision">Revision of the snapshot.</param>
    public SnapshotResult Read(ConfigurationText text, SecretMode mode, int revision)
    {
        ConfigurationErrors errors = new();
        Positions positions = new();
        SecretFetcher secrets = new(text.Folder, mode, _environment, errors);
        GatewaySnapshot? snapshot = null;
        if (YamlReader.Read(text.Text, errors) is { } root)
        {
            positions.Note(root, "");
            GatewayOptions options = new OptionsReader(errors).Read<GatewayOptions>(root);
            snapshot = new SnapshotBuilder(positions, secrets.Fetch, (time ?? TimeProvider.System).GetUtcNow(), errors).Build(options);
        }

        IReadOnlyList<string> warnings = ErrorLines.Warnings(text.FileName, positions, errors);
        return new SnapshotResult(
            errors.Any ? null : snapshot! with { Revision = revision, Hash = text.Hash, Warnings = warnings },
            ErrorLines.Errors(text.FileName, positions, errors),
            warnings,
            [.. secrets.Files.Distinct()]);
    }
}
