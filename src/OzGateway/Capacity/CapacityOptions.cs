using System.ComponentModel.DataAnnotations;

namespace OzGateway.Capacity;

/// <summary>How much may be asked, whatever the attempts say: so many calls in a time, or so many at once. One more is answered 429.</summary>
internal sealed class CapacityOptions
{
    /// <summary>Calls within the window. With <c>window</c>.</summary>
    [Range(1, 1000000)]
    public int? PermitLimit { get; set; }

    /// <summary>Length of the window.</summary>
    [Range(typeof(TimeSpan), "1s", "1h")]
    public TimeSpan? Window { get; set; }

    /// <summary>Calls at once, in place of <c>permit_limit</c> and <c>window</c>.</summary>
    [Range(1, 100000)]
    public int? Concurrency { get; set; }

    /// <summary>Who shares it.</summary>
    /// <value>caller; uploads: all; floods: address; issuing: user</value>
    public CapacityScope? Per { get; set; }
}

/// <summary>Who shares a capacity.</summary>
internal enum CapacityScope
{
    /// <summary>The calls of one ticket; without a ticket those of one user; without a user those of one address.</summary>
    Caller,

    /// <summary>The calls of one user; without a user those of one address.</summary>
    User,

    /// <summary>The calls of one address (IPv6: of one /64).</summary>
    Address,

    /// <summary>All calls.</summary>
    All,
}
