using System.ComponentModel.DataAnnotations;

namespace OzGateway.Attempts;

/// <summary>One sliding window.</summary>
internal sealed class AttemptWindowOptions
{
    /// <summary>Attempts within the window.</summary>
    [Required]
    [Range(1, 10000)]
    public int? PermitLimit { get; set; }

    /// <summary>Length of the window.</summary>
    [Required]
    [Range(typeof(TimeSpan), "1s", "30d")]
    public TimeSpan? Window { get; set; }
}
