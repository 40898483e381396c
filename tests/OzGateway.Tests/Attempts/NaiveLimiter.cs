using OzGateway.Attempts;
using OzGateway.Identity;

namespace OzGateway.Tests.Attempts;

/// <summary>The same rules, written to be read: remembers everything, forgets nothing, counts anew for each question.</summary>
internal sealed class NaiveLimiter
{
    private readonly List<Attempt> _attempts = [];
    private readonly List<(UserKey User, TimeSpan At)> _refunds = [];

    public AttemptDecision Acquire(AttemptCall call, AttemptPolicy policy, TimeSpan now)
    {
        var mine = Mine(call.User, policy, now);
        var known = call.Held is null ? null : mine.Find(attempt => attempt.Id.Equals(call.Held));
        if (known is { Settlement: null } && known.Calls < policy.Uploads)
        {
            known.Calls++;
            return new AttemptDecision(AttemptOutcome.Allowed, known.Id, TimeSpan.Zero) { Quota = Quota(mine, policy, now) };
        }

        var id = call.Held is not null && known is null ? call.Held : call.Fresh;
        var (windows, locks) = (policy.Windows.Select(window => Wait(mine, policy.Count, window, now)).DefaultIfEmpty().Max(), LockWait(mine, policy, now));
        if (windows > TimeSpan.Zero || locks > TimeSpan.Zero)
        {
            return new AttemptDecision(AttemptOutcome.Exceeded, id, windows > locks ? windows : locks) { Quota = windows > TimeSpan.Zero ? Longest(mine, policy, now) : null };
        }

        var begun = new Attempt(call.User, id, now);
        _attempts.Add(begun);
        return new AttemptDecision(AttemptOutcome.Allowed, id, TimeSpan.Zero) { Quota = Quota([.. mine, begun], policy, now) };
    }

    public void Settle(UserKey user, TransactionId id, AttemptPolicy policy, AttemptSettlement settlement, TimeSpan now)
    {
        var attempt = Mine(user, policy, now).Find(one => one.Id.Equals(id));
        if (attempt is not { Settlement: null })
        {
            return;
        }

        if (settlement is AttemptSettlement.Withdrawn && attempt.Calls > 1)
        {
            attempt.Calls--;
            return;
        }

        attempt.Settlement = settlement;
        attempt.IsGone = settlement is AttemptSettlement.Withdrawn;
        if (settlement is AttemptSettlement.Refunded && policy.Windows.Append(policy.Windows.Count == 0 ? new AttemptWindow(policy.Lockout!.After, policy.Horizon) : policy.Windows[0]).All(window =>
            _refunds.Count(refund => refund.User.Equals(user) && refund.At > now - window.Window) < (policy.RefundLimit ?? window.PermitLimit)))
        {
            attempt.IsGone = true;
            _refunds.Add((user, now));
        }
    }

    // Who is disabled is not forgotten: the moment it happened is found by looking back from every attempt.
    private List<Attempt> Mine(UserKey user, AttemptPolicy policy, TimeSpan now)
    {
        var all = _attempts.FindAll(attempt => attempt.User.Equals(user) && !attempt.IsGone && !attempt.IsForgotten);
        if (Lock(all, policy).Disabled)
        {
            return all;
        }

        all.FindAll(attempt => attempt.At <= now - policy.Horizon).ForEach(attempt => attempt.IsForgotten = true);
        return all.FindAll(attempt => !attempt.IsForgotten);
    }

    private static AttemptQuota? Quota(List<Attempt> mine, AttemptPolicy policy, TimeSpan now) => policy.Windows
        .Select((window, place) =>
        {
            var inside = Inside(mine, policy.Count, window, now);
            return (AttemptQuota?)new AttemptQuota(place, Math.Max(0, window.PermitLimit - inside.Count), inside.Count == 0 ? TimeSpan.Zero : inside[0].At + window.Window - now);
        })
        .OrderBy(quota => quota!.Value.Remaining).ThenByDescending(quota => quota!.Value.Reset).FirstOrDefault();

    private static AttemptQuota? Longest(List<Attempt> mine, AttemptPolicy policy, TimeSpan now) => policy.Windows
        .Select((window, place) => (AttemptQuota?)new AttemptQuota(place, 0, Wait(mine, policy.Count, window, now)))
        .OrderByDescending(quota => quota!.Value.Reset).First();

    private static List<Attempt> Inside(List<Attempt> mine, AttemptCount count, AttemptWindow window, TimeSpan now) =>
        mine.FindAll(attempt => attempt.At > now - window.Window && (count is AttemptCount.Started || attempt.Settlement is not AttemptSettlement.Succeeded));

    // The first moment at which fewer than the limit are still inside the window, looked for one end after another.
    private static TimeSpan Wait(List<Attempt> mine, AttemptCount count, AttemptWindow window, TimeSpan now)
    {
        var counted = Inside(mine, count, window, now);
        var moments = counted.Select(attempt => attempt.At + window.Window).Prepend(now).Order();
        return moments.First(moment => counted.Count(attempt => attempt.At + window.Window > moment) < window.PermitLimit) - now;
    }

    private static TimeSpan LockWait(List<Attempt> mine, AttemptPolicy policy, TimeSpan now)
    {
        var (until, disabled) = Lock(mine, policy);
        return disabled ? TimeSpan.FromHours(24) : until > now ? until - now : TimeSpan.Zero;
    }

    private static (TimeSpan Until, bool Disabled) Lock(List<Attempt> mine, AttemptPolicy policy)
    {
        if (policy.Lockout is not { } lockout)
        {
            return (TimeSpan.Zero, false);
        }

        var (row, locks, until) = (new List<TimeSpan>(), 0, TimeSpan.Zero);
        foreach (var attempt in mine)
        {
            if (attempt.Settlement is AttemptSettlement.Succeeded)
            {
                row.Clear();
                (locks, until) = lockout.Within is null ? (0, TimeSpan.Zero) : (locks, until);
                continue;
            }

            row.Add(attempt.At);
            row.RemoveAll(failure => failure <= attempt.At - (lockout.Within ?? TimeSpan.MaxValue / 2));
            if (row.Count >= lockout.After)
            {
                until = attempt.At + Enumerable.Range(0, locks).Aggregate(lockout.Delay, (delay, _) => delay * lockout.Factor < lockout.Max ? delay * lockout.Factor : lockout.Max);
                locks++;
            }

            if (row.Count >= lockout.After && lockout.Within is not null)
            {
                row.Clear();
            }
        }

        return (until, (lockout.Within is null ? row.Count : locks) >= lockout.DisableAfter);
    }

    private sealed class Attempt(UserKey user, TransactionId id, TimeSpan at)
    {
        public UserKey User { get; } = user;

        public TransactionId Id { get; } = id;

        public TimeSpan At { get; } = at;

        public int Calls { get; set; } = 1;

        public AttemptSettlement? Settlement { get; set; }

        public bool IsGone { get; set; }

        public bool IsForgotten { get; set; }
    }
}
