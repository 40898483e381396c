using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>The attempts of one user under one policy, oldest first: exact sliding windows. Guarded by its owner's lock.</summary>
internal sealed class AttemptLog
{
    private readonly List<Entry> _entries = [];
    private readonly List<TimeSpan> _refunds = [];

    /// <summary>Taken out of the table: nothing may be added any more.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Nothing is remembered.</summary>
    public bool IsEmpty => _entries.Count == 0 && _refunds.Count == 0;

    /// <summary>Counts an attempt, or says how long to wait. <paramref name="now"/> never goes back.</summary>
    public AttemptDecision Acquire(AttemptCall call, AttemptPolicy policy, TimeSpan now)
    {
        Forget(policy, now);
        var known = call.Held is { } held ? _entries.Find(entry => entry.Attempt.Equals(held)) : null;
        if (known is { Settlement: null } && known.Calls < policy.Uploads)
        {
            known.Calls++;
            return new AttemptDecision(AttemptOutcome.Allowed, known.Attempt, TimeSpan.Zero);
        }

        var attempt = known is null && call.Held is not null ? call.Held : call.Fresh;
        var wait = TimeSpan.Zero;
        foreach (var window in policy.Windows)
        {
            var until = Wait(policy.Count, window, now);
            wait = until > wait ? until : wait;
        }

        if (wait > TimeSpan.Zero)
        {
            return new AttemptDecision(AttemptOutcome.Exceeded, attempt, wait);
        }

        _entries.Add(new Entry(attempt, now));
        return new AttemptDecision(AttemptOutcome.Allowed, attempt, TimeSpan.Zero);
    }

    /// <summary>Settles an attempt once.</summary>
    public void Settle(TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement, TimeSpan now)
    {
        Forget(policy, now);
        if (_entries.Find(entry => entry.Attempt.Equals(attempt)) is not { Settlement: null } entry)
        {
            return;
        }

        if (settlement is AttemptSettlement.Refunded && MayRefund(policy, now))
        {
            _entries.Remove(entry);
            _refunds.Add(now);
            return;
        }

        entry.Settlement = settlement is AttemptSettlement.Refunded ? AttemptSettlement.Declined : settlement;
    }

    /// <summary>Forgets what no window of the policy can see.</summary>
    public void Forget(AttemptPolicy policy, TimeSpan now)
    {
        var horizon = now - policy.LongestWindow;
        _entries.RemoveAll(entry => entry.StartedAt <= horizon);
        _refunds.RemoveAll(at => at <= horizon);
    }

    private TimeSpan Wait(AttemptCount count, AttemptWindow window, TimeSpan now)
    {
        var counted = _entries.Where(entry => entry.StartedAt > now - window.Window && Counts(count, entry)).ToList();
        return counted.Count < window.PermitLimit
            ? TimeSpan.Zero
            : counted[counted.Count - window.PermitLimit].StartedAt + window.Window - now;
    }

    private static bool Counts(AttemptCount count, Entry entry) => count switch
    {
        AttemptCount.Started => true,
        AttemptCount.Failed => entry.Settlement is not AttemptSettlement.Succeeded,
        _ => throw new InvalidOperationException($"Attempt count '{count}' has no rule."),
    };

    private bool MayRefund(AttemptPolicy policy, TimeSpan now) => policy.Windows.All(window =>
        _refunds.Count(at => at > now - window.Window) < (policy.RefundLimit ?? window.PermitLimit));

    private sealed class Entry(TransactionId attempt, TimeSpan startedAt)
    {
        public TransactionId Attempt { get; } = attempt;

        public TimeSpan StartedAt { get; } = startedAt;

        public int Calls { get; set; } = 1;

        public AttemptSettlement? Settlement { get; set; }
    }
}
