using OzGateway.Identity;

namespace OzGateway.Attempts;

/// <summary>
/// Counts attempts in this process: exact under races, on a clock that never goes back. Nothing runs when nobody asks, and a decision
/// allocates nothing. A count inside its window is never dropped: when the table is full, new users get <see cref="AttemptOutcome.LimiterUnavailable"/>.
/// </summary>
internal sealed class InMemoryAttemptLimiter : IAttemptLimiter
{
    private const int Stripes = 256;
    private const int ForgottenPerDecision = 4;

    private readonly TimeProvider _time;
    private readonly int _userLimit;
    private readonly long _start;
    private readonly AttemptStripe[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new AttemptStripe())];
    private int _count;
    private uint _cursor;

    public InMemoryAttemptLimiter(TimeProvider time, AttemptStorePolicy? store = null)
    {
        _time = time;
        _userLimit = (store ?? new AttemptStorePolicy()).UserLimit;
        _start = time.GetTimestamp();
    }

    /// <summary>Users that are remembered now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc />
    public ValueTask<AttemptDecision> AcquireAsync(AttemptCall call, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Acquire(call, policy, mayRefuse: true));
    }

    /// <summary>Counts an attempt that another limiter has allowed.</summary>
    public void Note(AttemptCall call, AttemptPolicy policy) => Acquire(call, policy, mayRefuse: false);

    /// <inheritdoc />
    public ValueTask<bool> SettleAsync(
        UserKey user, TransactionId attempt, AttemptPolicy policy, AttemptSettlement settlement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rules = AttemptRules.Of(policy);
        var slot = UserSlot.Of(user, rules);
        var stripe = StripeOf(slot);
        lock (stripe.Gate)
        {
            var now = Now();
            Forget(stripe, slot, rules, now);
            Settle(stripe, slot, settlement, new AttemptLog(stripe.Of(slot), rules, now), AttemptEntry.ShortName(attempt), now);
            Mark(stripe, slot, rules, now);
        }

        return ValueTask.FromResult(true);
    }

    /// <inheritdoc />
    public ValueTask ReleaseAsync(UserKey user, TransactionId attempt, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var rules = AttemptRules.Of(policy);
        var slot = UserSlot.Of(user, rules);
        var stripe = StripeOf(slot);
        lock (stripe.Gate)
        {
            var entries = stripe.Of(slot);
            var index = new AttemptLog(entries, rules, Now()).Find(AttemptEntry.ShortName(attempt));
            if (index >= 0 && entries[index].Running > 0)
            {
                entries[index].Running--;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<AttemptStanding?> ShowAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var rules = AttemptRules.Of(policy);
        var slot = UserSlot.Of(user, rules);
        var stripe = StripeOf(slot);
        lock (stripe.Gate)
        {
            var now = Now();
            Forget(stripe, slot, rules, now);
            return ValueTask.FromResult<AttemptStanding?>(new AttemptLog(stripe.Of(slot), rules, now).Stand());
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> ResetAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var slot = UserSlot.Of(user, AttemptRules.Of(policy));
        var stripe = StripeOf(slot);
        lock (stripe.Gate)
        {
            Keep(stripe, slot, 0);
        }

        return ValueTask.FromResult(true);
    }

    private AttemptDecision Acquire(AttemptCall call, AttemptPolicy policy, bool mayRefuse)
    {
        var rules = AttemptRules.Of(policy);
        var slot = UserSlot.Of(call.User, rules);
        var stripe = StripeOf(slot);
        lock (stripe.Gate)
        {
            // Read under the lock: who waited for it must not add an attempt before one that is already there.
            var now = Now();
            Interlocked.Add(ref _count, -stripe.ForgetSome(ForgottenPerDecision, now));
            Forget(stripe, slot, rules, now);
            var log = new AttemptLog(stripe.Of(slot), rules, now);
            var known = call.Held is null ? -1 : log.Find(AttemptEntry.ShortName(call.Held));
            if (log.Covers(known))
            {
                return Continue(stripe.Of(slot), known, call.Held!, log);
            }

            var attempt = known < 0 && call.Held is not null ? call.Held : call.Fresh;
            var (wait, quota) = log.Weigh(begins: true);
            if (wait > 0 && mayRefuse)
            {
                return new AttemptDecision(AttemptOutcome.Exceeded, attempt, TimeSpan.FromMilliseconds(wait)) { Quota = quota };
            }

            return Begin(stripe, slot, new AttemptEntry(AttemptEntry.ShortName(attempt), now, rules.Concurrency > 0), rules)
                ? new AttemptDecision(AttemptOutcome.Allowed, attempt, TimeSpan.Zero) { Quota = quota }
                : new AttemptDecision(AttemptOutcome.LimiterUnavailable, attempt, TimeSpan.Zero);
        }
    }

    private static AttemptDecision Continue(Span<AttemptEntry> entries, int known, TransactionId held, AttemptLog log)
    {
        entries[known].Calls++;
        entries[known].Running++;
        return new AttemptDecision(AttemptOutcome.Allowed, held, TimeSpan.Zero) { Quota = log.Weigh(begins: false).Quota };
    }

    private bool Begin(AttemptStripe stripe, in UserSlot slot, AttemptEntry entry, AttemptRules rules)
    {
        if (!stripe.Knows(slot) && Count >= _userLimit && !MakeRoom(stripe, entry.Time))
        {
            return false;
        }

        var before = stripe.Count;
        stripe.Append(slot, entry, entry.Time);
        Interlocked.Add(ref _count, stripe.Count - before);
        Mark(stripe, slot, rules, entry.Time);
        return true;
    }

    // This part of the table, and one further at a time, if nobody is in it: whoever asks must not wait for a sweep of everything.
    private bool MakeRoom(AttemptStripe stripe, long now)
    {
        Interlocked.Add(ref _count, -stripe.ForgetAll(now));
        var further = _stripes[Interlocked.Increment(ref _cursor) % Stripes];
        if (further != stripe && further.Gate.TryEnter())
        {
            Interlocked.Add(ref _count, -further.ForgetAll(now));
            further.Gate.Exit();
        }

        return Count < _userLimit;
    }

    private void Settle(AttemptStripe stripe, in UserSlot slot, AttemptSettlement settlement, AttemptLog log, ulong attempt, long now)
    {
        var entries = stripe.Of(slot);
        var index = log.Find(attempt);
        if (index < 0 || entries[index].State is not AttemptState.Pending)
        {
            return;
        }

        var given = entries[index].GivenBackAt(now);
        if (settlement is AttemptSettlement.Succeeded or AttemptSettlement.Declined || (settlement is AttemptSettlement.Refunded && !log.MayGiveBack()))
        {
            entries[index].State = settlement is AttemptSettlement.Succeeded ? AttemptState.Succeeded : AttemptState.Declined;
            return;
        }

        if (settlement is AttemptSettlement.Withdrawn && entries[index].Calls > 1)
        {
            entries[index].Calls--;
            return;
        }

        entries[(index + 1)..].CopyTo(entries[index..]);
        if (settlement is AttemptSettlement.Refunded)
        {
            entries[^1] = given;
            return;
        }

        Keep(stripe, slot, entries.Length - 1);
    }

    private void Forget(AttemptStripe stripe, in UserSlot slot, AttemptRules rules, long now)
    {
        var entries = stripe.Of(slot);
        var kept = new AttemptLog(entries, rules, now).Forget();
        if (kept < entries.Length)
        {
            Keep(stripe, slot, kept);
        }
    }

    private void Keep(AttemptStripe stripe, in UserSlot slot, int count)
    {
        var before = stripe.Count;
        stripe.Keep(slot, count);
        Interlocked.Add(ref _count, stripe.Count - before);
    }

    // A user matters as long as the newest entry; one who is disabled, until a reset.
    private static void Mark(AttemptStripe stripe, in UserSlot slot, AttemptRules rules, long now)
    {
        var entries = stripe.Of(slot);
        if (entries.Length > 0)
        {
            var isDisabled = new AttemptLog(entries, rules, now).IsDisabled();
            stripe.Until(slot, isDisabled ? uint.MaxValue : (uint)((entries[^1].Time + rules.HorizonMs + 999) / 1000));
        }
    }

    private AttemptStripe StripeOf(in UserSlot slot) => _stripes[slot.Low % Stripes];

    private long Now() => (long)_time.GetElapsedTime(_start).TotalMilliseconds;
}
