using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OzGateway.Attempts;
using OzGateway.Audit;
using OzGateway.Configuration;
using OzGateway.Redis;

namespace OzGateway.Hosting;

/// <summary>Answers an operator from Redis itself, without a running gateway. What was asked is written to the audit trail that the configuration names.</summary>
internal static class StoreOperator
{
    /// <summary>Asks Redis.</summary>
    public static async Task<OperatorAnswer> AskAsync(GatewaySnapshot snapshot, OperatorQuestion question, CancellationToken cancellationToken)
    {
        if (snapshot.Redis is not { } policy)
        {
            return new OperatorAnswer(false, "ozgateway: the configuration names no store.redis; ask the running gateway.");
        }

        if (snapshot.UserKey.Keys.IsEphemeral || AttemptEndpoints.UserOf(snapshot.UserKey, question.User, question.Address) is not { } user)
        {
            return new OperatorAnswer(false, "ozgateway: --user takes a user id, --address an IP address, and both need user_key.hmac_key.");
        }

        await using var redis = new RedisConnection(policy, TimeProvider.System, NullLogger<RedisConnection>.Instance);
        await redis.StartAsync(cancellationToken);
        var operations = new AttemptOperations(new RotationAttemptLimiter(new RedisAttemptLimiter(redis, RedisAttemptLimiter.Shipped)), snapshot.Budgets);
        var answer = question.Reset ? await ResetAsync(operations, user, cancellationToken) : await ShowAsync(operations, user, cancellationToken);
        await using var sink = AuditSink.Open(snapshot.Hosting.AuditFile);
        await sink.WriteLineAsync(AuditTrail.Line(TimeProvider.System.GetUtcNow(), new AuditEvent
        {
            Event = question.Reset ? "attempts_reset" : "attempts_shown",
            Granted = answer.Done,
            Reason = answer.Done ? "store" : "limiter_unavailable",
        }));
        return answer;
    }

    private static async Task<OperatorAnswer> ShowAsync(AttemptOperations operations, Identity.UserKey user, CancellationToken cancellationToken) =>
        await operations.ShowAsync(user, cancellationToken) is { } standing
            ? new OperatorAnswer(true, JsonSerializer.Serialize(standing, StandingJson.Default.UserStanding))
            : Away;

    private static async Task<OperatorAnswer> ResetAsync(AttemptOperations operations, Identity.UserKey user, CancellationToken cancellationToken) =>
        await operations.ResetAsync(user, cancellationToken) ? new OperatorAnswer(true, "reset") : Away;

    private static OperatorAnswer Away => new(false, "ozgateway: Redis does not answer.");
}
