using System.ComponentModel.DataAnnotations;

namespace OzGateway.Capacity;

/// <summary>How much one ticket, user or address may ask of a route, whatever the attempts say.</summary>
internal sealed class CapacityOptions
{
    /// <summary>Calls within the window. One more is answered 429.</summary>
    [Required]
    [Range(1, 1000000)]
    public int? PermitLimit { get; set; }

    /// <summary>Length of the window.</summary>
    [Required]
    [Range(typeof(TimeSpan), "1s", "1h")]
    public TimeSpan? Window { get; set; }
}
