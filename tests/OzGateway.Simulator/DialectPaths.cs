namespace OzGateway.Simulator;

/// <summary>The paths of the Web Adapter. Each begins with a slash.</summary>
public sealed record DialectPaths
{
    /// <summary>The main script, GET.</summary>
    public required string Script { get; init; }

    /// <summary>The plugin's configuration, GET.</summary>
    public required string Config { get; init; }

    /// <summary>Opens an adapter session, POST.</summary>
    public required string Init { get; init; }

    /// <summary>Takes submissions, POST.</summary>
    public required string Submit { get; init; }

    /// <summary>Tells the state; may equal <see cref="Submit"/>.</summary>
    public required string Poll { get; init; }

    /// <summary>Telemetry, POST.</summary>
    public required IReadOnlyList<string> Telemetry { get; init; }

    /// <summary>Folders of static files, with a slash at the end; each holds the same files (see <see cref="AssetNames"/>).</summary>
    public required IReadOnlyList<string> AssetFolders { get; init; }

    /// <summary>The static files in every folder: a style sheet of 4 KiB, a binary of 100 KiB, a script of 3 MiB.</summary>
    public IReadOnlyList<string> AssetNames { get; } = ["liveness.css", "container.wasm", "ozliveness_main.js"];
}
