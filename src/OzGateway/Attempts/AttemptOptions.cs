using System.Text.Json.Serialization;

namespace OzGateway.Attempts;

/// <summary>How many attempts a user has. One more is answered 429 <c>attempts_exceeded</c> before its body is read.</summary>
internal sealed class AttemptOptions : AttemptRuleOptions
{
    /// <summary>Other rules for users told apart by their address only.</summary>
    /// <value>the same rules</value>
    public AttemptRuleOptions? Anonymous { get; set; }

    /// <summary>Other rules for groups of users, such as test accounts: names are values of the claim that <c>user_key.sources[].jwt_claim.group_claim</c> names.</summary>
    /// <value>none</value>
    public Dictionary<string, AttemptRuleOptions>? Groups { get; set; }

    /// <summary>A second line: attempts of all users behind one address (IPv6: one /64), counted as started and never given back.</summary>
    /// <value>none</value>
    public AttemptAddressOptions? PerAddress { get; set; }

    /// <summary>What happens while the store is away.</summary>
    /// <value>local</value>
    public StoreFailureAction? OnStoreFailure { get; set; }

    /// <summary>What happens to one attempt too many.</summary>
    /// <value>refuse</value>
    public ExceededAction? OnExceeded { get; set; }

    /// <summary>Headers that tell the page what is left. With <c>count: failed</c>, or with a lockout, <c>RateLimit</c> is never sent, whatever stands here.</summary>
    /// <value>draft-11</value>
    public QuotaHeaders? Headers { get; set; }
}

/// <summary>What happens while the store is away.</summary>
internal enum StoreFailureAction
{
    /// <summary>Each replica counts for itself, under the same limits: at worst replicas times the limit.</summary>
    Local,

    /// <summary>503 <c>limiter_unavailable</c>.</summary>
    Reject,

    /// <summary>Allowed without counting. Each such attempt is marked in metrics, spans and audit.</summary>
    Allow,
}

/// <summary>What happens to one attempt too many.</summary>
internal enum ExceededAction
{
    /// <summary>429.</summary>
    Refuse,

    /// <summary>It passes, and is counted as one that would have been refused: to try a limit before it bites.</summary>
    Observe,
}

/// <summary>Headers that tell the page what is left.</summary>
internal enum QuotaHeaders
{
    /// <summary><c>RateLimit</c> and <c>RateLimit-Policy</c> as in draft-ietf-httpapi-ratelimit-headers-11.</summary>
    [JsonStringEnumMemberName("draft-11")]
    Draft11,

    /// <summary>Only <c>Retry-After</c> on a refusal.</summary>
    None,
}
