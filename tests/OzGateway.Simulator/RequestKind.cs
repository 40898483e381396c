namespace OzGateway.Simulator;

/// <summary>What a received request is to the simulator.</summary>
public enum RequestKind
{
    /// <summary>No path of the dialect, or a wrong method: answered 404 or 405.</summary>
    Unknown,

    /// <summary>The main script.</summary>
    Script,

    /// <summary>A static file.</summary>
    Asset,

    /// <summary>The plugin's configuration.</summary>
    Config,

    /// <summary>Opens an adapter session.</summary>
    Init,

    /// <summary>A submission.</summary>
    Submission,

    /// <summary>A poll.</summary>
    Poll,

    /// <summary>Telemetry.</summary>
    Telemetry,

    /// <summary>A CORS preflight.</summary>
    Preflight,

    /// <summary>Something a proxy must never let through: <c>debug.php</c>, <c>core/</c>, <c>logs/</c>.</summary>
    Secret,

    /// <summary>A call of Oz API.</summary>
    OzApi,
}
