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
        var known = call.Held is null ? null : _attempts.Find(attempt =>
            attempt.User.Equals(call.User) && attempt.Id.Equals(call.Held) && !attempt.IsGivenBack && attempt.At > now - policy.LongestWindow);
        if (known is { Settlement: null } && known.Calls < policy.Uploads)
        {
            known.Calls++;
            return new AttemptDecision(AttemptOutcome.Allowed, known.Id, TimeSpan.Zero);
        }

        var id = call.Held is not null && known is null ? call.Held : call.Fresh;
        var wait = policy.Windows.Max(window => Wait(call.User, policy.Count, window, now));
        if (wait > TimeSpan.Zero)
        {
            return new AttemptDecision(AttemptOutcome.Exceeded, id, wait);
        }

        _attempts.Add(new Attempt(call.User, id, now));
        return new AttemptDecision(AttemptOutcome.Allowed, id, TimeSpan.Zero);
    }

    public void Settle(UserKey user, TransactionId id, AttemptPolicy policy, AttemptSettlement settlement, TimeSpan now)
    {
        var attempt = _attempts.Find(one => one.User.Equals(user) && one.Id.Equals(id) && !one.IsGivenBack && one.At > now - policy.LongestWindow);
        if (attempt is not { Settlement: null })
        {
            return;
        }

        attempt.Settlement = settlement;
        if (settlement is AttemptSettlement.Refunded && policy.Windows.All(window =>
            _refunds.Count(refund => refund.User.Equals(user) && refund.At > now - window.Window) < (policy.RefundLimit ?? window.PermitLimit)))
        {
            attempt.IsGivenBack = true;
            _refunds.Add((user, now));
        }
    }

    // The first moment at which fewer than the limit are still inside the window, looked for one end after another.
    private TimeSpan Wait(UserKey user, AttemptCount count, AttemptWindow window, TimeSpan now)
    {
        var counted = _attempts.Where(attempt => attempt.User.Equals(user) && !attempt.IsGivenBack
            && (count is AttemptCount.Started || attempt.Settlement is not AttemptSettlement.Succeeded)).ToList();
        var moments = counted.Select(attempt => attempt.At + window.Window).Where(end => end > now).Prepend(now).Order();
        return moments.First(moment => counted.Count(attempt => attempt.At + window.Window > moment) < window.PermitLimit) - now;
    }

    private sealed class Attempt(UserKey user, TransactionId id, TimeSpan at)
    {
        public UserKey User { get; } = user;

        public TransactionId Id { get; } = id;

        public TimeSpan At { get; } = at;

        public int Calls { get; set; } = 1;

        public AttemptSettlement? Settlement { get; set; }

        public bool IsGivenBack { get; set; }
    }
}
