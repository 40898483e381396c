using System.Collections.Concurrent;
using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>Counts attempts in this process: exact under races, on a clock that never goes back, forgetting what no window can see.</summary>
internal sealed class InMemoryAttemptLimiter(TimeProvider time)
{
    // Each decision clears away at most this many users whose last attempt has aged out, so that no sweep runs when nobody asks.
    private const int ClearedPerDecision = 2;

    private readonly long _start = time.GetTimestamp();
    private readonly ConcurrentDictionary<(UserKey User, string Budget), AttemptLog> _logs = new();
    private readonly ConcurrentQueue<Expiry> _expiries = new();

    /// <summary>Users that are remembered now.</summary>
    public int Count => _logs.Count;

    /// <summary>Counts a call as an attempt, or as part of one that was counted, or says how long to wait. Never throws for a foreseen case.</summary>
    public ValueTask<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ClearAged(time.GetElapsedTime(_start));
        var key = (call.User, policy.Budget);
        while (true)
        {
            var log = _logs.GetOrAdd(key, static _ => new AttemptLog());
            lock (log)
            {
                if (log.IsRetired)
                {
                    continue;
                }

                // Read under the lock: who waited for it must not add an attempt before one that is already there.
                var now = time.GetElapsedTime(_start);
                var decision = log.Acquire(call, policy, now);
                if (decision.Outcome is AttemptOutcome.Allowed)
                {
                    _expiries.Enqueue(new Expiry(key, policy, now + policy.LongestWindow));
                }

                return ValueTask.FromResult(decision);
            }
        }
    }

    /// <summary>Settles an attempt; the first settlement wins, an unknown attempt is left alone.</summary>
    public ValueTask SettleAsync(
        UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_logs.TryGetValue((user, policy.Budget), out var log))
        {
            lock (log)
            {
                log.Settle(attempt, policy, settlement, time.GetElapsedTime(_start));
            }
        }

        return ValueTask.CompletedTask;
    }

    private void ClearAged(TimeSpan now)
    {
        for (var cleared = 0; cleared < ClearedPerDecision && _expiries.TryPeek(out var head) && head.At <= now; cleared++)
        {
            if (!_expiries.TryDequeue(out var expiry) || !_logs.TryGetValue(expiry.Key, out var log))
            {
                continue;
            }

            lock (log)
            {
                log.Forget(expiry.Policy, now);
                if (log.IsEmpty)
                {
                    log.IsRetired = true;
                    // This very log and no other: another thread may have retired it first, and a new one with attempts in it stands there now.
                    _logs.TryRemove(KeyValuePair.Create(expiry.Key, log));
                }
            }
        }
    }

    private sealed record Expiry((UserKey User, string Budget) Key, AttemptPolicy Policy, TimeSpan At);
}
