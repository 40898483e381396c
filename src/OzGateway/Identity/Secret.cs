using System.Text;

namespace OzGateway.Identity;

/// <summary>The bytes of a secret. Prints itself redacted; never equal by content to anything but through fixed-time comparison of its owner.</summary>
internal sealed class Secret
{
    /// <summary>Largest file of a secret.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly byte[] _bytes;

    /// <summary>The file it was read from, for those who take up a renewed one; null where it stood in the environment.</summary>
    public string? File { get; init; }

    /// <summary>Takes the bytes of a secret, without a trailing line end.</summary>
    public Secret(ReadOnlySpan<byte> bytes) => _bytes = bytes.TrimEnd("\r\n"u8).ToArray();

    /// <summary>The bytes. At least one.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The secret as UTF-8 text, for the two callers that need text (a PEM key, a token header).</summary>
    public string Reveal() => Encoding.UTF8.GetString(_bytes);

    /// <summary>The secret as its file holds it now, or null where there is no file, or it is empty, too large or cannot be read.</summary>
    public Secret? ReadAnew()
    {
        try
        {
            return File is not null && new FileInfo(File) is { Exists: true, Length: <= MaxBytes } && new Secret(System.IO.File.ReadAllBytes(File)) { File = File } is { _bytes.Length: > 0 } anew
                ? anew
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public override string ToString() => "[secret]";
}
