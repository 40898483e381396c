using System.ComponentModel.DataAnnotations;

namespace OzGateway.Projection;

/// <summary>A further member that leaves.</summary>
internal sealed class KeptMemberOptions
{
    /// <summary>Path of the member, for example <c>$.session</c>. A sensitive name is refused.</summary>
    [Required]
    public string? Member { get; set; }

    /// <summary>Regular expression that the whole value must match: it begins with <c>^</c> and ends with <c>$</c>, without look-around and back references. A value that does not match is answered 502.</summary>
    [Required]
    public string? Pattern { get; set; }
}
