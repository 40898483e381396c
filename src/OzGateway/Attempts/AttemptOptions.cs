using System.ComponentModel.DataAnnotations;

namespace OzGateway.Attempts;

/// <summary>How many attempts a user has. One more is answered 429 <c>attempts_exceeded</c> before its body is read.</summary>
internal sealed class AttemptOptions
{
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
}
