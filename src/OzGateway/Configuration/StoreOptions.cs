using OzGateway.Attempts;
using OzGateway.Redis;

namespace OzGateway.Configuration;

/// <summary>Where attempts are counted. Without a shared Redis each replica counts for itself.</summary>
internal sealed class StoreOptions
{
    /// <summary>A Redis that all replicas share. Then <c>user_key.hmac_key</c> is needed, the same for all.</summary>
    /// <value>none</value>
    public RedisOptions? Redis { get; set; }

    /// <summary>What this process remembers itself.</summary>
    public MemoryStoreOptions? Memory { get; set; }
}
