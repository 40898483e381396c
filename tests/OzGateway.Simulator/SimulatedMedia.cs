namespace OzGateway.Simulator;

/// <summary>A media file that a folder of Oz API holds.</summary>
public sealed record SimulatedMedia
{
    /// <summary>Its id; default a new one.</summary>
    public string MediaId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>The random name in its direct address; default a new one.</summary>
    public string ShotsSetId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>The name it was sent with.</summary>
    public string OriginalName { get; init; } = "video_selfie_blank.zip";

    /// <summary>Its size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>SHA-256 of its bytes in lower-case hex; empty where unknown.</summary>
    public string Sha256 { get; init; } = "";
}
