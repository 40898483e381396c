using System.Collections.Frozen;
using System.Text.Json;

namespace OzGateway.Problems;

/// <summary>Status, code and sentence of every problem. The same problem gives the same bytes: nothing of a request stands in them.</summary>
internal static class ProblemTable
{
    private const string QuotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    private static readonly FrozenDictionary<GatewayProblem, ProblemRow> Rows = new Dictionary<GatewayProblem, ProblemRow>
    {
        [GatewayProblem.RequestRefused] = new(ProblemHop.Client, 400, "request_refused", "The request is ambiguous or not allowed here."),
        [GatewayProblem.HostUnknown] = new(ProblemHop.Client, 421, "host_unknown", "This host is not served here."),
        [GatewayProblem.NotFound] = new(ProblemHop.Client, 404, "not_found", "There is nothing here."),
        [GatewayProblem.MethodNotAllowed] = new(ProblemHop.Client, 405, "method_not_allowed", "This method is not allowed here."),
        [GatewayProblem.OriginRefused] = new(ProblemHop.Client, 403, "origin_refused", "Pages of this origin may not call here."),
        [GatewayProblem.PageHeaderMissing] = new(ProblemHop.Client, 403, "page_header_missing", "Send the header OzGateway-Request, with any value."),
        [GatewayProblem.UserKeyMissing] = new(ProblemHop.Client, 401, "user_key_missing", "Sign in first: no verified source names the user."),
        [GatewayProblem.IdentityUnavailable] = new(ProblemHop.Gateway, 503, "identity_unavailable", "The user cannot be verified right now. Try again later."),
        [GatewayProblem.CapacityExceeded] = new(ProblemHop.Client, 429, "capacity_exceeded", "Too many calls. Wait before the next one.", QuotaExceeded),
        [GatewayProblem.AttemptsExceeded] = new(ProblemHop.Client, 429, "attempts_exceeded", "No attempt is left for now. Try again later.", QuotaExceeded),
        [GatewayProblem.LimiterUnavailable] = new(ProblemHop.Store, 503, "limiter_unavailable", "Attempts cannot be counted right now. Try again later."),
        [GatewayProblem.TransactionRequired] = new(ProblemHop.Client, 403, "transaction_required", "Start a transaction before the check."),
        [GatewayProblem.TransactionUsed] = new(ProblemHop.Client, 409, "transaction_used", "This transaction has taken its check. Start a new one."),
        [GatewayProblem.TransactionForeign] = new(ProblemHop.Client, 403, "transaction_foreign", "This transaction belongs to somebody else."),
        [GatewayProblem.TransactionExpired] = new(ProblemHop.Client, 410, "transaction_expired", "This transaction is over. Start a new one."),
        [GatewayProblem.ClaimMissing] = new(ProblemHop.Client, 403, "claim_missing", "Sign in anew: the token lacks a claim that this check must carry."),
        [GatewayProblem.TransactionNotFound] = new(ProblemHop.Client, 404, "transaction_not_found", "There is no transaction."),
        [GatewayProblem.PayloadMalformed] = new(ProblemHop.Client, 400, "payload_malformed", "The submission cannot be read."),
        [GatewayProblem.MetadataInvalid] = new(ProblemHop.Client, 422, "metadata_invalid", "A value of the metadata is not allowed: too long, of other characters, or not one text."),
        [GatewayProblem.PayloadTooLarge] = new(ProblemHop.Client, 413, "payload_too_large", "The body is larger than allowed."),
        [GatewayProblem.MediaTypeUnsupported] = new(ProblemHop.Client, 415, "media_type_unsupported", "This kind of body is not accepted here."),
        [GatewayProblem.UpstreamUnavailable] = new(ProblemHop.Adapter, 502, "upstream_unavailable", "The liveness service cannot be reached. Try again later."),
        [GatewayProblem.UpstreamTimeout] = new(ProblemHop.Adapter, 504, "upstream_timeout", "The liveness service took too long. Try again later."),
        [GatewayProblem.UpstreamResponseRejected] = new(ProblemHop.Adapter, 502, "upstream_response_rejected", "The liveness service gave no usable answer."),
        [GatewayProblem.BackendKeyInvalid] = new(ProblemHop.Client, 401, "backend_key_invalid", "A valid backend key is required."),
        [GatewayProblem.AdminKeyInvalid] = new(ProblemHop.Client, 401, "admin_key_invalid", "A valid admin key is required."),
        [GatewayProblem.BackendRightMissing] = new(ProblemHop.Client, 403, "backend_right_missing", "This backend key lacks the right to do that."),
        [GatewayProblem.UserRequired] = new(ProblemHop.Client, 400, "user_required", "Name the user in the header OzGateway-User, or use a key with the right any_user."),
        [GatewayProblem.OzApiUnavailable] = new(ProblemHop.OzApi, 502, "oz_api_unavailable", "Oz API cannot be asked right now. Try again later."),
        [GatewayProblem.TransactionMismatch] = new(ProblemHop.Client, 409, "transaction_mismatch", "The submission names a transaction that is not its own."),
        [GatewayProblem.QueryInvalid] = new(ProblemHop.Client, 400, "query_invalid", "Write wait as a duration with a unit, such as 20s, and consume as true or false, each once."),
        [GatewayProblem.IdempotencyKeyInvalid] = new(ProblemHop.Client, 400, "idempotency_key_invalid", "Idempotency-Key must be 1 to 255 visible characters, once."),
        [GatewayProblem.IdempotencyKeyReused] = new(ProblemHop.Client, 422, "idempotency_key_reused", "This Idempotency-Key was used for another request. Take a new one."),
        [GatewayProblem.TransactionConsumed] = new(ProblemHop.Client, 409, "transaction_consumed", "The verdict of this transaction was taken before."),
        [GatewayProblem.VerdictNotFinal] = new(ProblemHop.Client, 409, "verdict_not_final", "The check has not come to its end. Wait for it, then take the receipt."),
        [GatewayProblem.ReceiptsNotConfigured] = new(ProblemHop.Gateway, 501, "receipts_not_configured", "This gateway has no key to sign receipts with."),
        [GatewayProblem.InternalError] = new(ProblemHop.Gateway, 500, "internal_error", "The gateway failed. The request id helps support to find out why."),
    }.ToFrozenDictionary();

    /// <summary>The row of a problem.</summary>
    public static ProblemRow Of(GatewayProblem problem) => Rows[problem];
}

/// <summary>What a client sees of one problem.</summary>
internal sealed class ProblemRow
{
    // The sentences are ours: an apostrophe may stand in them as it is.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Builds the bytes once.</summary>
    /// <param name="hop">Where it went wrong.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable code in snake_case.</param>
    /// <param name="message">One sentence for a person.</param>
    /// <param name="type">Problem type; default <c>urn:ozgateway:problem:CODE</c>.</param>
    public ProblemRow(ProblemHop hop, int status, string code, string message, string? type = null)
    {
        Hop = hop;
        Status = status;
        Code = code;
        Body = JsonSerializer.SerializeToUtf8Bytes(
            new { type = type ?? $"urn:ozgateway:problem:{code}", status, code, hop = Word(hop), message },
            Plain);
    }

    /// <summary>Where it went wrong.</summary>
    public ProblemHop Hop { get; }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>Stable code in snake_case.</summary>
    public string Code { get; }

    /// <summary>The problem+json document.</summary>
    public byte[] Body { get; }

    private static string Word(ProblemHop hop) => hop switch
    {
        ProblemHop.Client => "client",
        ProblemHop.Gateway => "gateway",
        ProblemHop.Store => "store",
        ProblemHop.Adapter => "adapter",
        ProblemHop.OzApi => "oz-api",
        _ => throw new InvalidOperationException($"Hop '{hop}' has no word."),
    };
}
