using System.ComponentModel.DataAnnotations;
using OzGateway.Identity;

namespace OzGateway.Redis;

/// <summary>A Redis that all replicas share: one server, a cluster, or one found by sentinels.</summary>
internal sealed class RedisOptions
{
    /// <summary>Host and port of the server, of some of the cluster, or of the sentinels: for example <c>["redis:6379"]</c>.</summary>
    [Required]
    public List<string>? Addresses { get; set; }

    /// <summary>Name of the master that the sentinels know. With it, the addresses are those of sentinels.</summary>
    /// <value>no sentinels</value>
    public string? Sentinel { get; set; }

    /// <summary>User of the access control list. It needs the commands <c>eval</c>, <c>evalsha</c>, <c>script|load</c>, <c>time</c>, <c>get</c>, <c>set</c>, <c>del</c>, <c>ping</c>, <c>info</c>, <c>client</c>, <c>echo</c>, <c>config|get</c>, <c>cluster</c> on the keys with the prefix.</summary>
    /// <value>default</value>
    public string? User { get; set; }

    /// <summary>Password.</summary>
    /// <value>none</value>
    public SecretOptions? Password { get; set; }

    /// <summary>TLS to the server. Without it Redis must be reached over a network that nobody else listens to.</summary>
    public RedisTlsOptions? Tls { get; set; }

    /// <summary>Number of the database. Only 0 in a cluster.</summary>
    /// <value>0</value>
    [Range(0, 1000)]
    public int? Database { get; set; }

    /// <summary>What every key begins with, <c>[A-Za-z0-9:_-]{1,64}</c>.</summary>
    /// <value>ozgateway:</value>
    public string? Prefix { get; set; }

    /// <summary>Time for one command, which is tried twice. 10ms to 100ms: every decision is made within 250ms.</summary>
    /// <value>100ms</value>
    [Range(typeof(TimeSpan), "10ms", "100ms")]
    public TimeSpan? Timeout { get; set; }
}
