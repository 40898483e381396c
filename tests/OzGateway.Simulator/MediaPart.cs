namespace OzGateway.Simulator;

/// <summary>A media file of a submission.</summary>
/// <param name="FileName">The file's name, such as <c>video_selfie_blank.zip</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MediaPart(string FileName, string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>A file of that size with bytes that repeat with the seed: the same arguments give the same file.</summary>
    /// <param name="bytes">The size in bytes.</param>
    /// <param name="seed">The seed; default 1.</param>
    public static MediaPart OfSize(int bytes, int seed = 1)
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        return new MediaPart("video_selfie_blank.zip", "application/zip", content);
    }
}
