using System.ComponentModel.DataAnnotations;

namespace OzGateway.Transactions;

/// <summary>A key of the page's own that may stand in metadata, with the limits of its value: one text, number or word. A value that is not within them ends the submission with 422.</summary>
internal sealed class MetadataKeyOptions
{
    /// <summary>Most keys in the list.</summary>
    public const int MaxKeys = 64;

    /// <summary>Longest value where nothing is written.</summary>
    public const int DefaultLength = 256;

    /// <summary>The key, in exactly this spelling.</summary>
    [Required]
    public string? Key { get; set; }

    /// <summary>Longest value in characters. Control and format characters and line separators are never allowed.</summary>
    /// <value>256</value>
    [Range(1, 4096)]
    public int? MaxLength { get; set; }

    /// <summary>Regular expression that the whole value must match: it begins with <c>^</c> and ends with <c>$</c>, without look-around and back references.</summary>
    /// <value>none: any characters that are seen</value>
    public string? Pattern { get; set; }
}
