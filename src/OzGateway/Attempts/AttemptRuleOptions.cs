using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OzGateway.Attempts;

/// <summary>How many attempts some users have. Keys that are not written are those of the section around it.</summary>
internal class AttemptRuleOptions
{
    /// <summary>Rules known by name. What is written beside it has precedence; what stands around it (count, windows, lockout) is not inherited.</summary>
    /// <value>none</value>
    public AttemptPreset? Preset { get; set; }

    /// <summary>What counts. With <c>failed</c> a pending attempt counts as failed until it is settled.</summary>
    /// <value>started</value>
    public AttemptCount? Count { get; set; }

    /// <summary>Windows that hold all at once: 1 to 8, no two of one length.</summary>
    /// <value>5 in 15m and 15 in 24h</value>
    public List<AttemptWindowOptions>? Windows { get; set; }

    /// <summary>Most attempts given back per window, where the adapter cannot have judged them.</summary>
    /// <value>the permit limit of the window</value>
    [Range(0, 10000)]
    public int? RefundLimit { get; set; }

    /// <summary>After so many failures nobody tries for a while.</summary>
    /// <value>none</value>
    public LockoutOptions? Lockout { get; set; }

    /// <summary>Attempts of one user in flight at once.</summary>
    /// <value>any number</value>
    [Range(1, 100)]
    public int? Concurrency { get; set; }
}

/// <summary>Rules known by name. A success ends a row of failures.</summary>
internal enum AttemptPreset
{
    /// <summary>5 failed within 3 minutes lock for 30 minutes, each further lockout doubles up to 24 hours, the 4th in 7 days needs a reset.</summary>
    [JsonStringEnumMemberName("aws-liveness")]
    AwsLiveness,

    /// <summary>From the 5th failure in a row at least 30 seconds before each try, the 50th disables until a reset.</summary>
    [JsonStringEnumMemberName("nist-800-63b")]
    Nist80063b,

    /// <summary>The same with presentation attack detection: from the 10th, 30 seconds, the 100th.</summary>
    [JsonStringEnumMemberName("nist-800-63b-pad")]
    Nist80063bPad,

    /// <summary>3 started in 24 hours.</summary>
    [JsonStringEnumMemberName("strict-3")]
    Strict3,
}
