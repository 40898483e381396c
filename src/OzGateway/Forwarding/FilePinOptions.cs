using System.ComponentModel.DataAnnotations;

namespace OzGateway.Forwarding;

/// <summary>What the files of a route must be: a script that was changed on the adapter shows, or does not leave.</summary>
internal sealed class FilePinOptions
{
    /// <summary>SHA-384 of the contents as <c>openssl dgst -sha384 -binary FILE | base64</c> prints it. Several while a new version is rolled out.</summary>
    [Required]
    public List<string>? Sha384 { get; set; }

    /// <summary>What happens with another content.</summary>
    /// <value>block</value>
    public PinMismatch? OnMismatch { get; set; }
}

/// <summary>What happens with a content that was not pinned.</summary>
internal enum PinMismatch
{
    /// <summary>502: nothing of it leaves.</summary>
    Block,

    /// <summary>It passes, is counted and logged.</summary>
    Alert,
}
