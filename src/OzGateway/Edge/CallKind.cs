namespace OzGateway.Edge;

/// <summary>What one call is, decided from its head.</summary>
internal enum CallKind
{
    /// <summary>A file of the plugin.</summary>
    Static,

    /// <summary>An event of the plugin.</summary>
    Telemetry,

    /// <summary>Configuration or opening of a check.</summary>
    Session,

    /// <summary>An upload: an attempt.</summary>
    Submission,

    /// <summary>A question for the result.</summary>
    Poll,
}
