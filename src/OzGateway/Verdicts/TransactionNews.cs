using OzGateway.Audit;
using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Verdicts;

/// <summary>Counts and keeps as evidence what a backend did with a transaction.</summary>
internal sealed class TransactionNews(UserKeyPolicy users, GatewayMetrics metrics, AuditTrail audit, TimeProvider time)
{
    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Takes it down.</summary>
    /// <param name="what">Word of the audit trail.</param>
    /// <param name="result">Word of the metric.</param>
    /// <param name="id">Which transaction.</param>
    /// <param name="caller">Name of the credential.</param>
    public ValueTask TellAsync(string what, string result, TransactionId id, string caller)
    {
        metrics.TransactionDecided(result);
        return audit.RecordAsync(new AuditEvent { Event = what, Granted = true, Reason = "backend", Transaction = id.SupportRef(users.Keys), Backend = caller });
    }
}
