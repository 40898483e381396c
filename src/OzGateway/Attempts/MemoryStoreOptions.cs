using System.ComponentModel.DataAnnotations;

namespace OzGateway.Attempts;

/// <summary>What this process remembers itself: everything where there is no Redis, and what stands in for it while it is away.</summary>
internal sealed class MemoryStoreOptions
{
    /// <summary>Users whose attempts are remembered at once, about 60 bytes each. A new user beyond that is answered by <c>attempts.on_store_failure</c>, where <c>local</c> means 503; nobody who is inside a window is ever dropped.</summary>
    /// <value>1000000</value>
    [Range(1000, 100_000_000)]
    public int? UserLimit { get; set; }
}
