using System.ComponentModel.DataAnnotations;

namespace OzGateway.Attempts;

/// <summary>A second line: attempts of all users behind one address.</summary>
internal sealed class AttemptAddressOptions
{
    /// <summary>Windows that hold all at once: 1 to 8, no two of one length.</summary>
    [Required]
    public List<AttemptWindowOptions>? Windows { get; set; }
}
