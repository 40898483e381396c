namespace OzGateway.Problems;

/// <summary>Every way in which the gateway says no to a client. One row in <see cref="ProblemTable"/> each.</summary>
internal enum GatewayProblem
{
    /// <summary>The head of the request is ambiguous or forbidden.</summary>
    RequestRefused,

    /// <summary>The host that is asked for is not served here.</summary>
    HostUnknown,

    /// <summary>No route, wrong door, blocked path.</summary>
    NotFound,

    /// <summary>The route exists, the method does not.</summary>
    MethodNotAllowed,

    /// <summary>The call comes from a page that may not make it.</summary>
    OriginRefused,

    /// <summary>A call that changes something must come from a page's own script.</summary>
    PageHeaderMissing,

    /// <summary>No verified source names a user.</summary>
    UserKeyMissing,

    /// <summary>The key set that verifies users cannot be read.</summary>
    IdentityUnavailable,

    /// <summary>Too many calls, whatever the attempts say.</summary>
    CapacityExceeded,

    /// <summary>The user has no attempt left.</summary>
    AttemptsExceeded,

    /// <summary>The attempt limiter cannot decide.</summary>
    LimiterUnavailable,

    /// <summary>A submission must bring the ticket of an open transaction.</summary>
    TransactionRequired,

    /// <summary>The transaction has taken its check.</summary>
    TransactionUsed,

    /// <summary>The transaction belongs to another user or origin.</summary>
    TransactionForeign,

    /// <summary>The transaction is past its time, or revoked.</summary>
    TransactionExpired,

    /// <summary>Metadata is set from a claim that the user's token does not have.</summary>
    ClaimMissing,

    /// <summary>The user has no transaction.</summary>
    TransactionNotFound,

    /// <summary>The body cannot be read unambiguously.</summary>
    PayloadMalformed,

    /// <summary>A value of metadata that may be kept is not within its limits.</summary>
    MetadataInvalid,

    /// <summary>The body is larger than allowed.</summary>
    PayloadTooLarge,

    /// <summary>The body's media type or coding cannot be read.</summary>
    MediaTypeUnsupported,

    /// <summary>The adapter cannot be reached or broke off.</summary>
    UpstreamUnavailable,

    /// <summary>The adapter took too long.</summary>
    UpstreamTimeout,

    /// <summary>The adapter's answer cannot be projected; nothing of it leaves.</summary>
    UpstreamResponseRejected,

    /// <summary>The backend's credential is missing or wrong.</summary>
    BackendKeyInvalid,

    /// <summary>The operator's credential is missing or wrong.</summary>
    AdminKeyInvalid,

    /// <summary>The backend's key lacks the right.</summary>
    BackendRightMissing,

    /// <summary>The backend must name the user it means.</summary>
    UserRequired,

    /// <summary>Oz API cannot be asked now.</summary>
    OzApiUnavailable,

    /// <summary>The body names a transaction that is not its own.</summary>
    TransactionMismatch,

    /// <summary>The query is not understood.</summary>
    QueryInvalid,

    /// <summary>What should make a call idempotent cannot be a key.</summary>
    IdempotencyKeyInvalid,

    /// <summary>The idempotency key was used for another request.</summary>
    IdempotencyKeyReused,

    /// <summary>The verdict was taken before.</summary>
    TransactionConsumed,

    /// <summary>There is no receipt of a check that has not come to its end.</summary>
    VerdictNotFinal,

    /// <summary>Receipts are not configured.</summary>
    ReceiptsNotConfigured,

    /// <summary>The gateway failed.</summary>
    InternalError,
}
