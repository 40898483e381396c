using OzGateway.Identity;
using OzGateway.Telemetry;

namespace OzGateway.Attempts;

/// <summary>
/// Answers for a store that is away, as the policy says. With <c>local</c> this process notes what the store allows, so that its own
/// count is ready when it is needed; and as long as an absence can matter to a window, both must allow. So no replica ever allows
/// more than the limit by itself: at worst replicas times the limit, whatever happens to the store.
/// </summary>
internal sealed partial class FailoverAttemptLimiter(
    IAttemptLimiter store, InMemoryAttemptLimiter local, TimeProvider time, ILogger<FailoverAttemptLimiter> logger) : IAttemptLimiter
{
    private const long Never = long.MinValue;
    private const int UnsettledLimit = 10_000;

    private readonly UnsettledAttempts _unsettled = new(store, UnsettledLimit);
    private long _lastAway = Never;
    private int _isAway;

    private bool HasTwin => !ReferenceEquals(store, local);

    /// <inheritdoc />
    public async ValueTask<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var decision = await store.AcquireAsync(call, policy, cancellationToken);
        if (decision.Outcome is AttemptOutcome.LimiterUnavailable)
        {
            return await AnswerAsync(call, policy, cancellationToken);
        }

        if (!HasTwin)
        {
            return decision;
        }

        Back();
        return decision.Outcome is AttemptOutcome.Allowed && policy.OnStoreFailure is StoreFailureAction.Local
            ? await NoteAsync(call, policy, decision)
            : decision;
    }

    /// <inheritdoc />
    public async ValueTask<bool> SettleAsync(
        UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement, CancellationToken cancellationToken)
    {
        if (HasTwin)
        {
            await local.SettleAsync(user, attempt, policy, settlement, CancellationToken.None);
        }

        if (await store.SettleAsync(user, attempt, policy, settlement, cancellationToken))
        {
            return true;
        }

        _unsettled.Keep(new UnsettledAttempt(user, attempt, policy, settlement));
        return false;
    }

    /// <inheritdoc />
    public async ValueTask ReleaseAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        await store.ReleaseAsync(user, attempt, policy, cancellationToken);
        if (HasTwin)
        {
            await local.ReleaseAsync(user, attempt, policy, cancellationToken);
        }
    }

    /// <inheritdoc />
    public ValueTask<AttemptStanding?> ShowAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken) =>
        store.ShowAsync(user, policy, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> ResetAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        if (HasTwin)
        {
            await local.ResetAsync(user, policy, cancellationToken);
        }

        return await store.ResetAsync(user, policy, cancellationToken);
    }

    private async ValueTask<AttemptDecision> AnswerAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        Away();
        switch (policy.OnStoreFailure)
        {
            case StoreFailureAction.Local when HasTwin:
                var own = await local.AcquireAsync(call, policy, cancellationToken);
                return own with { Mode = own.Outcome is AttemptOutcome.LimiterUnavailable ? AttemptMode.Rejected : AttemptMode.Local };
            case StoreFailureAction.Local:
            case StoreFailureAction.Reject:
                return new AttemptDecision(AttemptOutcome.LimiterUnavailable, call.Fresh, TimeSpan.Zero) { Mode = AttemptMode.Rejected };
            case StoreFailureAction.Allow:
                return new AttemptDecision(AttemptOutcome.Allowed, call.Held ?? call.Fresh, TimeSpan.Zero) { Mode = AttemptMode.Uncounted };
            default:
                throw new InvalidOperationException($"Store failure action '{policy.OnStoreFailure}' has no answer.");
        }
    }

    private async ValueTask<AttemptDecision> NoteAsync(AttemptCall call, AttemptPolicy policy, AttemptDecision decision)
    {
        var noted = new AttemptCall(call.User, decision.Attempt, decision.Attempt);
        var lastAway = Volatile.Read(ref _lastAway);
        if (lastAway == Never || time.GetElapsedTime(lastAway) > policy.Horizon)
        {
            local.Note(noted, policy);
            return decision;
        }

        var own = await local.AcquireAsync(noted, policy, CancellationToken.None);
        if (own.Outcome is not AttemptOutcome.Exceeded)
        {
            return decision;
        }

        await store.SettleAsync(call.User, decision.Attempt, policy, AttemptSettlement.Withdrawn, CancellationToken.None);
        return own with { Mode = AttemptMode.Local };
    }

    private void Away()
    {
        Volatile.Write(ref _lastAway, time.GetTimestamp());
        if (HasTwin && Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            Log.AttemptStoreAway(logger);
        }
    }

    private void Back()
    {
        if (Volatile.Read(ref _isAway) == 1 && Interlocked.Exchange(ref _isAway, 0) == 1)
        {
            Log.AttemptStoreBack(logger);
        }

        _unsettled.Retry();
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.AttemptStoreAway, LogLevel.Warning, "The store of attempts is away: decisions are made as on_store_failure says.", EventName = nameof(AttemptStoreAway))]
        internal static partial void AttemptStoreAway(ILogger logger);

        [LoggerMessage(EventIds.AttemptStoreBack, LogLevel.Information, "The store of attempts is back.", EventName = nameof(AttemptStoreBack))]
        internal static partial void AttemptStoreBack(ILogger logger);
    }
}
