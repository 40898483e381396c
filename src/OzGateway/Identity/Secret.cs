using System.Text;

namespace OzGateway.Identity;

/// <summary>The bytes of a secret. Prints itself redacted; never equal by content to anything but through fixed-time comparison of its owner.</summary>
internal sealed class Secret
{
    private readonly byte[] _bytes;

    /// <summary>The file it was read from, for those who take up a renewed one; null where it stood in the environment.</summary>
    public string? File { get; init; }

    /// <summary>Takes the bytes of a secret, without a trailing line end.</summary>
    public Secret(ReadOnlySpan<byte> bytes) => _bytes = bytes.TrimEnd("\r\n"u8).ToArray();

    /// <summary>The bytes. At least one.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The secret as UTF-8 text, for the two callers that need text (a PEM key, a token header).</summary>
    public string Reveal() => Encoding.UTF8.GetString(_bytes);

    /// <inheritdoc />
    public override string ToString() => "[secret]";
}
