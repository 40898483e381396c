namespace OzGateway.Audit;

/// <summary>Where the audit trail goes.</summary>
internal sealed class AuditOptions
{
    /// <summary>File that is appended to; its folder must exist.</summary>
    /// <value>standard output</value>
    public string? File { get; set; }
}
