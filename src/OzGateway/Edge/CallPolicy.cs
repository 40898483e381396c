namespace OzGateway.Edge;

/// <summary>How a call on a route is classified by its head, and how large its body may be.</summary>
internal sealed record CallPolicy
{
    /// <summary>The role of the route.</summary>
    public required RouteRole Role { get; init; }

    /// <summary>Media types (lower case, without parameters) that make a call on an exchange route a submission, besides multipart and octet-stream. Default: none.</summary>
    public required IReadOnlySet<string> SubmissionTypes { get; init; }

    /// <summary>Largest submission body in bytes. 1 KiB to 1 GiB; default 64 MiB.</summary>
    public required long MaxSubmissionBytes { get; init; }

    /// <summary>Largest poll body in bytes; a larger one is a submission by its declared length, else 413. Default 64 KiB.</summary>
    public required long MaxPollBytes { get; init; }

    /// <summary>Largest telemetry body in bytes. Default 64 KiB.</summary>
    public required long MaxTelemetryBytes { get; init; }

    /// <summary>Largest body of every other call in bytes. Default 1 MiB.</summary>
    public required long MaxBodyBytes { get; init; }
}
