namespace OzGateway.Simulator;

/// <summary>One part of a received body: of a multipart, a field of a form, a media file in JSON, or the whole of a container.</summary>
/// <param name="Name">Its name; null where a part has none.</param>
/// <param name="FileName">Its file name, if it has one.</param>
/// <param name="ContentType">Its media type as written, if there is one.</param>
/// <param name="Length">Its size in bytes, decoded where it came in base64.</param>
/// <param name="Sha256">SHA-256 of its bytes in lower-case hex.</param>
/// <param name="Bytes">Its bytes; null beyond <see cref="ReceivedRequest.KeptPartBytes"/>.</param>
public sealed record ReceivedPart(string? Name, string? FileName, string? ContentType, long Length, string Sha256, byte[]? Bytes)
{
    /// <summary>The bytes as UTF-8 text; null where they were not kept.</summary>
    public string? Text => Bytes is null ? null : System.Text.Encoding.UTF8.GetString(Bytes);
}
