using System.ComponentModel.DataAnnotations;

namespace OzGateway.Transactions;

/// <summary>How a transaction is issued, how long it lives and where its id goes in a submission.</summary>
internal sealed class TransactionOptions
{
    /// <summary>Who starts a transaction: with <c>implicit</c> a submission without an open one gets a new one, with <c>explicit</c> it must bring the ticket of an open one.</summary>
    /// <value>implicit</value>
    public TransactionIssue? Issue { get; set; }

    /// <summary>What happens to an id that is not the server's.</summary>
    /// <value>replace where issue is implicit, refuse where it is explicit</value>
    public ForeignIdAction? OnForeignId { get; set; }

    /// <summary>Time from issue to submission. Later the transaction is expired.</summary>
    /// <value>10m</value>
    [Range(typeof(TimeSpan), "30s", "24h")]
    public TimeSpan? SubmitWithin { get; set; }

    /// <summary>Time from issue in which a verdict can be asked. Not shorter than submit_within.</summary>
    /// <value>2h</value>
    [Range(typeof(TimeSpan), "1m", "7d")]
    public TimeSpan? ReadWithin { get; set; }

    /// <summary>Submission calls that one transaction takes. More than one only for an adapter that takes a check in several calls.</summary>
    /// <value>1</value>
    [Range(1, 20)]
    public int? Uploads { get; set; }

    /// <summary>Issued and not yet submitted transactions per user. One more revokes the oldest.</summary>
    /// <value>3</value>
    [Range(1, 100)]
    public int? OpenLimit { get; set; }

    /// <summary>Path of the transactions endpoints on the public door. Not on a route. Changed by a restart only.</summary>
    /// <value>/transactions</value>
    public string? Path { get; set; }

    /// <summary>Places in a submission where metadata may sit, the first that occurs wins. A submission or exchange route with a transaction needs at least one.</summary>
    /// <value>none; the embedded route check names those of the known adapter</value>
    public List<MetadataTargetOptions>? Metadata { get; set; }

    /// <summary>Metadata keys that the gateway sets, in every submission, whatever the page wrote there. Exactly one is set to transaction_id; verdicts are found by it.</summary>
    /// <value>transaction_id: transaction_id, end_user_id: user_key, user_id: user_key; without those of claims</value>
    public Dictionary<string, MetadataValue>? Set { get; set; }

    /// <summary>Metadata keys that the gateway sets from claims of the user's token: the key, and the name of the claim, text of 1 to 256 characters. For example <c>{ user_id: sub, iin: iin }</c> sends what the token says in clear instead of a pseudonym. Every source of users but the ticket must be jwt_claim. A submission under a ticket alone takes the values that the token had when its transaction was issued; where there is none it is 403 <c>claim_missing</c>.</summary>
    /// <value>none</value>
    public Dictionary<string, string>? Claims { get; set; }

    /// <summary>Metadata keys that are removed. None that is also set.</summary>
    /// <value>those of transaction_id, end_user_id, user_id, iin, client_iin that are not set, by claims neither</value>
    public List<string>? Strip { get; set; }

    /// <summary>The only further keys that the page may write in metadata; any other member there goes, whatever it holds. An empty list leaves the gateway's keys alone. Containers (application/octet-stream) are not read.</summary>
    /// <value>every key that is not set or stripped passes, with any value</value>
    public List<MetadataKeyOptions>? Keep { get; set; }

    /// <summary>Logs how submissions are built (names, types and orders of size of parts and members, never values), each shape once, to learn an adapter. For a trial with test users: names come from the page.</summary>
    /// <value>false</value>
    public bool? ReportShapes { get; set; }
}
