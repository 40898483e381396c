using System.ComponentModel.DataAnnotations;

namespace OzGateway.Attempts;

/// <summary>After so many failures nobody tries for a while. A pending attempt counts as failed until it is settled; a success ends a row of failures.</summary>
internal sealed class LockoutOptions
{
    /// <summary>Failures that lock.</summary>
    [Required]
    [Range(1, 1000)]
    public int? After { get; set; }

    /// <summary>The failures must lie within this time, and after a lockout they are counted anew. Without it failures in a row count, and each further one locks again.</summary>
    /// <value>failures in a row</value>
    [Range(typeof(TimeSpan), "1s", "30d")]
    public TimeSpan? Within { get; set; }

    /// <summary>Length of the first lockout, from the start of the attempt that failed.</summary>
    [Required]
    [Range(typeof(TimeSpan), "1s", "24h")]
    public TimeSpan? Delay { get; set; }

    /// <summary>Each further lockout is this many times longer.</summary>
    /// <value>2</value>
    [Range(1, 10)]
    public int? Factor { get; set; }

    /// <summary>Longest lockout.</summary>
    /// <value>24h</value>
    [Range(typeof(TimeSpan), "1s", "30d")]
    public TimeSpan? Max { get; set; }

    /// <summary>How long failures and lockouts are remembered. Not shorter than <c>max</c> and <c>within</c>.</summary>
    /// <value>7d</value>
    [Range(typeof(TimeSpan), "1m", "30d")]
    public TimeSpan? Remember { get; set; }

    /// <summary>After this many lockouts (with <c>within</c>) or failures in a row (without) only <c>ozgateway attempts reset</c> helps; the wait told is then 24h.</summary>
    /// <value>never</value>
    [Range(1, 1000)]
    public int? DisableAfter { get; set; }
}
