namespace OzGateway.Hosting;

/// <summary>Where the doors are, how the process ends, where the audit trail goes. Changed by a restart only.</summary>
internal sealed record HostingPolicy
{
    /// <summary>For browsers. Default 0.0.0.0:8080.</summary>
    public required System.Net.IPEndPoint Public { get; init; }

    /// <summary>For the customer's backend. Default 0.0.0.0:8081.</summary>
    public required System.Net.IPEndPoint Backend { get; init; }

    /// <summary>For probes. Default 127.0.0.1:9090.</summary>
    public required System.Net.IPEndPoint Admin { get; init; }

    /// <summary>After SIGTERM: not ready, still serving. 0s to 5m; default 5s.</summary>
    public required TimeSpan DrainNotReady { get; init; }

    /// <summary>After that: time for calls in flight. 0s to 10m; default 25s.</summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary>File of the audit trail, or null for standard output.</summary>
    public string? AuditFile { get; init; }

    /// <summary>Path of the transactions endpoints on the public door. Default <c>/transactions</c>.</summary>
    public required string TransactionsPath { get; init; }
}
