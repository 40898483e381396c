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
            var place = new AttemptPlace(stripe, slot, rules, Now());
            Forget(place);
            Settle(place, AttemptEntry.ShortName(attempt), settlement);
            place.Mark();
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
            var place = new AttemptPlace(stripe, slot, rules, Now());
            var index = place.Log.Find(AttemptEntry.ShortName(attempt));
            if (index >= 0 && place.Entries[index].Running > 0)
            {
                place.Entries[index].Running--;
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
            var place = new AttemptPlace(stripe, slot, rules, Now());
            Forget(place);
            return ValueTask.FromResult<AttemptStanding?>(place.Log.Stand());
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> ResetAsync(UserKey user, AttemptPolicy policy, CancellationToken cancellationToken)
    {
        var rules = AttemptRules.Of(policy);
        var slot = UserSlot.Of(user, rules);
        var stripe = StripeOf(slot);
        lock (stripe.Gate)
        {
            Keep(new AttemptPlace(stripe, slot, rules, Now()), 0);
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
            var place = new AttemptPlace(stripe, slot, rules, Now());
            Interlocked.Add(ref _count, -stripe.ForgetSome(ForgottenPerDecision, place.Now));
            Forget(place);
            var log = place.Log;
            var known = call.Held is null ? -1 : log.Find(AttemptEntry.ShortName(call.Held));
            if (log.Covers(known))
            {
                place.Entries[known].Calls++;
                place.Entries[known].Running++;
                return new AttemptDecision(AttemptOutcome.Allowed, call.Held!, TimeSpan.Zero) { Quota = log.Weigh(begins: false).Quota };
            }

            var attempt = known < 0 && call.Held is not null ? call.Held : call.Fresh;
            var (wait, quota) = log.Weigh(begins: true);
            if (wait > 0 && mayRefuse)
            {
                return new AttemptDecision(AttemptOutcome.Exceeded, attempt, TimeSpan.FromMilliseconds(wait)) { Quota = quota };
            }

            return Begin(place, new AttemptEntry(AttemptEntry.ShortName(attempt), place.Now, rules.Concurrency > 0))
                ? new AttemptDecision(AttemptOutcome.Allowed, attempt, TimeSpan.Zero) { Quota = quota }
                : new AttemptDecision(AttemptOutcome.LimiterUnavailable, attempt, TimeSpan.Zero);
        }
    }

    private bool Begin(AttemptPlace place, AttemptEntry entry)
    {
        if (place.Entries.Length == 0 && Count >= _userLimit && !MakeRoom(place))
        {
            return false;
        }

        var before = place.Stripe.Count;
        place.Stripe.Append(place.Slot, entry, place.Now);
        Interlocked.Add(ref _count, place.Stripe.Count - before);
        place.Mark();
        return true;
    }

    // This part of the table, and one further at a time, if nobody is in it: whoever asks must not wait for a sweep of everything.
    private bool MakeRoom(AttemptPlace place)
    {
        Interlocked.Add(ref _count, -place.Stripe.ForgetAll(place.Now));
        var further = _stripes[Interlocked.Increment(ref _cursor) % Stripes];
        if (further != place.Stripe && further.Gate.TryEnter())
        {
            Interlocked.Add(ref _count, -further.ForgetAll(place.Now));
            further.Gate.Exit();
        }

        return Count < _userLimit;
    }

    private void Settle(AttemptPlace place, ulong attempt, AttemptSettlement settlement)
    {
        var entries = place.Entries;
        var index = place.Log.Find(attempt);
        if (index < 0 || entries[index].State is not AttemptState.Pending)
        {
            return;
        }

        if (settlement is AttemptSettlement.Succeeded or AttemptSettlement.Declined || (settlement is AttemptSettlement.Refunded && !place.Log.MayGiveBack()))
        {
            entries[index].State = settlement is AttemptSettlement.Succeeded ? AttemptState.Succeeded : AttemptState.Declined;
            return;
        }

        if (settlement is AttemptSettlement.Withdrawn && entries[index].Calls > 1)
        {
            entries[index].Calls--;
            return;
        }

        var given = entries[index].GivenBackAt(place.Now);
        entries[(index + 1)..].CopyTo(entries[index..]);
        if (settlement is AttemptSettlement.Refunded)
        {
            entries[^1] = given;
            return;
        }

        Keep(place, entries.Length - 1);
    }

    private void Forget(AttemptPlace place)
    {
        var kept = place.Log.Forget();
        if (kept < place.Entries.Length)
        {
            Keep(place, kept);
        }
    }

    private void Keep(AttemptPlace place, int count)
    {
        var before = place.Stripe.Count;
        place.Stripe.Keep(place.Slot, count);
        Interlocked.Add(ref _count, place.Stripe.Count - before);
    }

    private AttemptStripe StripeOf(in UserSlot slot) => _stripes[slot.Low % Stripes];

    private long Now() => (long)_time.GetElapsedTime(_start).TotalMilliseconds;
}
